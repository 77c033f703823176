package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.core.CoreView;

/** What commands read; asked for only by the commands that need it. */
public interface ServerContext {
  CoreView view();

  ServerFacts facts();

  ClientDirectory clients();

  AccessControl access();
}
