package io.github.jedisfailover.internal.runtime;

/**
 * One action that runs when the JVM ends in order, by SIGTERM too, unless it is taken back before.
 * A JVM that is killed with SIGKILL runs none.
 */
public final class AtExit {
  private final Thread hook;

  private AtExit(Thread hook) {
    this.hook = hook;
  }

  /** Registers the action; all of them run at the same time, in threads of this name. */
  public static AtExit run(String name, Runnable action) {
    AtExit exit = new AtExit(new Thread(action, "ha-" + name));
    Runtime.getRuntime().addShutdownHook(exit.hook);
    return exit;
  }

  /** Takes the action back; does nothing if the JVM is ending already. */
  public void cancel() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down: the action runs or ran.
    }
  }
}
