package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreAction;

/** Tells people what the core reports. */
interface Reports {
  void report(CoreAction.Report report);

  void note(CoreAction.Note note);
}
