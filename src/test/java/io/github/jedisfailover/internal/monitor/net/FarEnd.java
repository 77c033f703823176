package io.github.jedisfailover.internal.monitor.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.jedisfailover.topology.NodeAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that remembers what it is sent and gives each command the answer it is told. */
final class FarEnd implements AutoCloseable {
  final List<String> heard = new CopyOnWriteArrayList<>();
  private final Map<String, String> answers;
  private final ServerSocket server;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  /**
   * @param answers by the first word; anything else is answered by {@code +OK}
   */
  FarEnd(Map<String, String> answers) {
    this.answers = answers;
    try {
      server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  NodeAddress address() {
    return new NodeAddress("127.0.0.1", server.getLocalPort());
  }

  /** The first words in the order they came. */
  List<String> commands() {
    return heard.stream().map(line -> line.split(" ", 2)[0]).toList();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "far-end");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.add(socket);
        daemon(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      String count = in.readLine();
      while (count != null) {
        StringBuilder line = new StringBuilder();
        for (int i = Integer.parseInt(count.substring(1)); i > 0; i--) {
          in.readLine();
          line.append(line.isEmpty() ? "" : " ").append(in.readLine());
        }
        heard.add(line.toString());
        String answer = answers.getOrDefault(line.toString().split(" ", 2)[0], "+OK");
        socket.getOutputStream().write((answer + "\r\n").getBytes(ISO_8859_1));
        count = in.readLine();
      }
    } catch (IOException e) {
      // closed
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : connections) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
