package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreAction;

/** One far end of the monitor. Never blocks its callers. */
interface Link extends AutoCloseable {
  void offer(CoreAction action);

  /** Drops the connections there are; the link makes new ones at once. */
  void cut();

  /** Wakes and ends the link's threads without waiting for them. */
  @Override
  void close();
}
