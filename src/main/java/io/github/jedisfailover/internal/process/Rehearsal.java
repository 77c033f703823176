package io.github.jedisfailover.internal.process;

import io.github.jedisfailover.internal.runtime.DaemonThreads;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Starts a monitor, asks it what a client asks, and ends. The build runs this once, so that the JVM
 * can write down the classes that a start needs: it then starts in a third of the time.
 */
public final class Rehearsal {
  private static final int TRIES = 100;
  private static final long PAUSE_MILLIS = 100;

  private Rehearsal() {}

  /**
   * @param arguments a directory to work in
   */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    Path conf = directory.resolve("rehearsal.conf");
    int port = freePort();
    Files.writeString(
        conf,
        "port "
            + port
            + "\nbind 127.0.0.1\nlogfile \"rehearsal.log\"\ndir \""
            + directory.toAbsolutePath()
            + "\"\nsentinel monitor rehearsal 127.0.0.1 "
            + freePort()
            + " 1\n");
    SentinelLogProvider.Loggers loggers =
        (SentinelLogProvider.Loggers) LoggerFactory.getILoggerFactory();
    SentinelProcess process = new SentinelProcess(loggers.log(), status -> {}, Optional.empty());
    try (DaemonThreads threads = new DaemonThreads("rehearsal")) {
      threads.start("client", () -> askAndEnd(port, process));
      process.run(List.of(conf.toString()));
    } catch (StopException e) {
      System.exit(e.status());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void askAndEnd(int port, SentinelProcess process) {
    for (int i = 0; i < TRIES && !answered(port); i++) {
      DaemonThreads.pause(PAUSE_MILLIS);
    }
    process.end();
  }

  private static boolean answered(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String questions = "PING\r\nINFO\r\nSENTINEL MASTERS\r\nQUIT\r\n";
      socket.getOutputStream().write(questions.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return in.readAllBytes().length > 0;
    } catch (IOException e) {
      return false; // not yet
    }
  }
}
