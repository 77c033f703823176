package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.internal.routing.RouteTable;

/** Where a call looks its candidates up. */
public sealed interface RouteSource permits Routes, ViewRoutes {
  /** The table in force. */
  RouteTable<Lane> table();

  /** The policy behind it. */
  ReadFrom policy();
}
