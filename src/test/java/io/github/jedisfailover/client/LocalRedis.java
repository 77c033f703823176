package io.github.jedisfailover.client;

import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** One redis-server process on a free port. */
final class LocalRedis implements AutoCloseable {
  private final int port;
  private final List<String> arguments;
  private Process process;

  private LocalRedis(int port, List<String> arguments) {
    this.port = port;
    this.arguments = arguments;
  }

  static LocalRedis start(String... arguments) {
    LocalRedis redis = new LocalRedis(freePort(), List.of(arguments));
    redis.launch();
    return redis;
  }

  LocalRedis startReplica() {
    LocalRedis replica = start("--replicaof", "127.0.0.1", String.valueOf(port));
    Awaitility.await().atMost(20, TimeUnit.SECONDS).until(replica::isInSync);
    return replica;
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void launch() {
    try {
      Path dir = Files.createTempDirectory("redis");
      List<String> command =
          new ArrayList<>(
              List.of(
                  "redis-server",
                  "--port",
                  String.valueOf(port),
                  "--save",
                  "",
                  "--repl-diskless-sync-delay",
                  "0",
                  "--dir",
                  dir.toString()));
      command.addAll(arguments);
      process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      Awaitility.await().atMost(20, TimeUnit.SECONDS).until(this::answers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answers() {
    try (Jedis jedis = jedis()) {
      return jedis.ping() != null;
    } catch (JedisException e) {
      return e.getMessage() != null && e.getMessage().contains("NOAUTH");
    }
  }

  private boolean isInSync() {
    try (Jedis jedis = jedis()) {
      return jedis.info("replication").contains("master_link_status:up");
    }
  }

  Jedis jedis() {
    return new Jedis("127.0.0.1", port);
  }

  NodeAddress address() {
    return new NodeAddress("127.0.0.1", port);
  }

  String info(String field) {
    try (Jedis jedis = jedis()) {
      return jedis
          .info()
          .lines()
          .filter(l -> l.startsWith(field + ":"))
          .findFirst()
          .orElseThrow()
          .substring(field.length() + 1)
          .trim();
    }
  }

  void promote() {
    try (Jedis jedis = jedis()) {
      jedis.replicaofNoOne();
    }
  }

  void replicateFrom(LocalRedis master) {
    try (Jedis jedis = jedis()) {
      jedis.replicaof("127.0.0.1", master.port);
    }
  }

  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void freeze() {
    signal("-STOP");
  }

  void thaw() {
    signal("-CONT");
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
