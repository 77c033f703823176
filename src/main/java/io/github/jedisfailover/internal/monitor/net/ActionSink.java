package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.PersistentState;
import java.io.IOException;

/** Carries out what the core asks for; called on the core's thread, so it never waits for peers. */
interface ActionSink {
  /** Anything but {@link CoreAction.Persist}. */
  void carryOut(CoreAction action);

  /** Returns when the state is on disk. */
  void store(PersistentState state) throws IOException;
}
