package io.github.jedisfailover.testsupport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A voter that has slept through all failovers: it names one master, with one epoch, for ever. */
public final class StaleVoter implements AutoCloseable {
  private final ServerSocket server;
  private final String group;
  private final NodeAddress master;
  private final long epoch;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final List<Socket> subscribers = new CopyOnWriteArrayList<>();
  private final AtomicInteger questions = new AtomicInteger();

  /**
   * @param master whom it names
   */
  public StaleVoter(String group, NodeAddress master) {
    this(group, master, 0);
  }

  /**
   * @param epoch the config epoch that it claims
   */
  public StaleVoter(String group, NodeAddress master, long epoch) {
    this.epoch = epoch;
    this.group = group;
    this.master = master;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  public NodeAddress address() {
    return new NodeAddress(RedisServers.LOOPBACK, server.getLocalPort());
  }

  /** How often it was asked who the master is. */
  public int questions() {
    return questions.get();
  }

  public int subscribers() {
    return subscribers.size();
  }

  /** Tells all subscribers that the master is now the one it names. */
  public synchronized void announce() {
    String at = master.host() + " " + master.port();
    String switched = group + " 127.0.0.1 1 " + at;
    String promoted = "slave " + master + " " + at + " @ " + group + " 127.0.0.1 1";
    for (Socket subscriber : subscribers) {
      try {
        write(
            subscriber,
            array("message", "+switch-master", switched)
                + array("message", "+promoted-slave", promoted));
      } catch (IOException e) {
        subscribers.remove(subscriber);
      }
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "testsupport-stale-voter");
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
        List<String> request = new ArrayList<>();
        for (int i = Integer.parseInt(count.substring(1)); i > 0; i--) {
          in.readLine();
          request.add(in.readLine());
        }
        answer(socket, request);
        count = in.readLine();
      }
    } catch (IOException e) {
      // closed
    } finally {
      connections.remove(socket);
      subscribers.remove(socket);
    }
  }

  /** No announcement comes between, as with any server. */
  private synchronized void answer(Socket socket, List<String> request) throws IOException {
    write(socket, reply(request));
    if (request.get(0).equals("SUBSCRIBE")) {
      subscribers.add(socket);
    } else if (request.get(0).equals("UNSUBSCRIBE")) {
      subscribers.remove(socket);
    }
  }

  private String reply(List<String> request) {
    if (request.get(0).equals("UNSUBSCRIBE")) {
      return "*3\r\n" + bulk("unsubscribe") + bulk("+switch-master") + ":0\r\n";
    }
    if (request.get(0).equals("SUBSCRIBE")) {
      StringBuilder confirmations = new StringBuilder();
      for (int i = 1; i < request.size(); i++) {
        confirmations.append("*3\r\n").append(bulk("subscribe")).append(bulk(request.get(i)));
        confirmations.append(':').append(i).append("\r\n");
      }
      return confirmations.toString();
    }
    if (!request.get(0).equals("SENTINEL")) {
      return "+OK\r\n";
    }
    String port = Integer.toString(master.port());
    return switch (request.get(1).toLowerCase(Locale.ROOT)) {
      case "get-master-addr-by-name" -> {
        questions.incrementAndGet();
        yield array(master.host(), port);
      }
      case "master" ->
          array(
              "name",
              group,
              "ip",
              master.host(),
              "port",
              port,
              "flags",
              "master",
              "config-epoch",
              Long.toString(epoch));
      case "replicas" -> "*0\r\n";
      default -> "-ERR unknown subcommand '" + request.get(1) + "'. Try SENTINEL HELP.\r\n";
    };
  }

  private static String array(String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append(bulk(word));
    }
    return text.toString();
  }

  private static String bulk(String word) {
    return "$" + word.length() + "\r\n" + word + "\r\n";
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
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
