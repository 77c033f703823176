package io.github.jedisfailover.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a closed client or monitor must not leave behind in this JVM; compare before and after. */
public final class Leaks {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private Leaks() {}

  /**
   * The living threads of the library.
   *
   * @return their names, sorted
   */
  public static List<String> haThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.startsWith("ha-"))
        .sorted()
        .toList();
  }

  /**
   * Open sockets of this process, in any state.
   *
   * @return the number; 0 where the system has no /proc
   */
  public static int openSockets() {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return 0;
    }
    initialiseSockets();
    int sockets = 0;
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path descriptor : descriptors) {
        sockets += isSocket(descriptor) ? 1 : 0;
      }
      return sockets;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The JDK's own first use of a socket leaves one half of a socket pair open for good. */
  private static void initialiseSockets() {
    try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      used.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      return false; // closed while we looked
    }
  }
}
