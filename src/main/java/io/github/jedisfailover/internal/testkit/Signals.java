package io.github.jedisfailover.internal.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** Signals to one process that we started, by its id. */
public final class Signals {
  private Signals() {}

  public static void freeze(Process process) {
    send("STOP", process);
  }

  public static void thaw(Process process) {
    send("CONT", process);
  }

  /** SIGKILL, and returns once the process is gone. Works on a frozen one too. */
  public static void kill(Process process) {
    process.destroyForcibly();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + process.pid() + " survived SIGKILL");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(String signal, Process process) {
    try {
      // The shell's own kill: a minimal machine has no kill program.
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + process.pid())
              .redirectErrorStream(true)
              .start();
      String output = new String(kill.getInputStream().readAllBytes());
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("SIG" + signal + " failed: " + output.trim());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending SIG" + signal, e);
    }
  }
}
