package io.github.jedisfailover.internal.process;

import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * What the process does on a signal. By reflection: the compiler warns of {@code sun.misc.Signal}
 * at each use and cannot be told not to; a shutdown hook would not know which signal it was, and
 * would have to end on SIGHUP too.
 */
final class OsSignals {
  private OsSignals() {}

  /**
   * @param name without {@code SIG}
   * @param handler called on a thread of the JVM
   * @return whether the signal can be caught here
   */
  static boolean on(String name, Consumer<String> handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      Object called =
          Proxy.newProxyInstance(
              OsSignals.class.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                handler.accept(name);
                return null;
              });
      Object which = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, type).invoke(null, which, called);
      return true;
    } catch (ReflectiveOperationException e) {
      return false; // another kind of JVM, or a signal that the system or the JVM keeps
    }
  }
}
