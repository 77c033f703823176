package io.github.jedisfailover.internal.monitor.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/** One real server of the machine, for the tests of the monitor. */
public final class RedisProcess implements AutoCloseable {
  private final NodeAddress address;
  private final Path directory;
  private Process process;

  private RedisProcess(NodeAddress address, Path directory) {
    this.address = address;
    this.directory = directory;
  }

  public static RedisProcess start(Path parent, int port, String... options) {
    try {
      Path directory = Files.createDirectories(parent.resolve("redis-" + port));
      List<String> lines = new ArrayList<>(List.of("bind 127.0.0.1", "save \"\""));
      lines.addAll(List.of("port " + port, "dir " + directory, "repl-diskless-sync-delay 0"));
      lines.addAll(List.of(options));
      Files.writeString(directory.resolve("redis.conf"), String.join("\n", lines) + "\n");
      RedisProcess redis = new RedisProcess(new NodeAddress("127.0.0.1", port), directory);
      redis.restart();
      return redis;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the server again with the configuration it last wrote. */
  public void restart() {
    try {
      process =
          new ProcessBuilder("redis-server", directory.resolve("redis.conf").toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(this::answers);
  }

  private boolean answers() {
    try {
      return "PONG".equals(ask(Command.PING));
    } catch (JedisException e) {
      return false;
    }
  }

  public NodeAddress address() {
    return address;
  }

  public int port() {
    return address.port();
  }

  /** The reply as text. */
  public String ask(Command command, String... arguments) {
    try (Connection connection = new Connection(new HostAndPort("127.0.0.1", port()))) {
      connection.sendCommand(command, arguments);
      Object reply = connection.getOne();
      return reply instanceof byte[] bytes ? new String(bytes, UTF_8) : String.valueOf(reply);
    }
  }

  public String role() {
    String info = ask(Command.INFO, "replication");
    return info.contains("role:master") ? "master" : "slave";
  }

  /** SIGSTOP, SIGCONT. */
  public void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** SIGKILL. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** Ports that were free a moment ago. */
  public static List<Integer> freePorts(int count) {
    Set<ServerSocket> held = new HashSet<>();
    try {
      List<Integer> ports = new ArrayList<>();
      while (ports.size() < count) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        ports.add(socket.getLocalPort());
      }
      for (ServerSocket socket : held) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
