package io.github.jedisfailover.testsupport;

import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.topology.NodeAddress;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

/** One redis-server process with its own directory and port. */
public final class RedisNode implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(10);

  private final RedisBinary binary;
  private final Access access;
  private final JedisClientConfig admin;
  private final NodeAddress address;
  private final Path directory;
  private final List<String> extra;
  private volatile Process process;
  private volatile boolean frozen;
  private volatile boolean closed;

  RedisNode(
      RedisBinary binary, Access access, NodeAddress address, Path directory, List<String> extra) {
    this.binary = binary;
    this.access = access;
    this.admin =
        access
            .client()
            .protocol(RedisProtocol.RESP2)
            .connectionTimeoutMillis(1_000)
            .socketTimeoutMillis(1_000)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .build();
    this.address = address;
    this.directory = directory;
    this.extra = List.copyOf(extra);
  }

  public NodeAddress address() {
    return address;
  }

  public int port() {
    return address.port();
  }

  public boolean isAlive() {
    Process p = process;
    return p != null && p.isAlive();
  }

  public boolean isFrozen() {
    return frozen;
  }

  /**
   * Starts the process on its port, with the data directory and the configuration file of the last
   * time; waits until ready.
   */
  public RedisNode start(String... moreArguments) {
    launch(moreArguments);
    awaitReady();
    return this;
  }

  /**
   * Starts a killed node as an administrator would: its configuration names the master, so that it
   * is back at once. (Without it the monitors demote it, which takes Sentinel's patience.)
   */
  public void startAsReplicaOf(RedisNode master) {
    start("--replicaof", master.address.host(), "" + master.port());
  }

  void launch(String... moreArguments) {
    if (closed || isAlive()) {
      throw new IllegalStateException(address + (closed ? " is closed" : " is running"));
    }
    List<String> command = new ArrayList<>(arguments());
    command.addAll(access.serverArguments(address));
    command.addAll(extra);
    command.addAll(List.of(moreArguments));
    File output = directory.resolve("output.txt").toFile();
    try {
      if (Files.notExists(configFile())) {
        Files.createFile(configFile()); // CONFIG REWRITE is refused without one
      }
      process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + binary.path(), e);
    }
  }

  private List<String> arguments() {
    List<String> a = new ArrayList<>();
    a.addAll(List.of(binary.path().toString(), configFile().toString()));
    a.addAll(List.of("--port", "" + address.port(), "--bind", address.host()));
    if (binary.major() >= 7) {
      // Before 7.0 the first bind address is the source address anyway.
      a.addAll(List.of("--bind-source-addr", address.host()));
    }
    a.addAll(List.of("--protected-mode", "no", "--daemonize", "no"));
    a.addAll(List.of("--save", "", "--appendonly", "no", "--dir", directory.toString()));
    a.addAll(List.of("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0"));
    a.addAll(List.of("--loglevel", "notice", "--logfile", logFile().toString()));
    return a;
  }

  private Path configFile() {
    return directory.resolve("redis.conf");
  }

  /** What the server last wrote with CONFIG REWRITE. */
  public String configuration() {
    try {
      return Files.readString(configFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path logFile() {
    return directory.resolve("redis.log");
  }

  void awaitReady() {
    await("redis-server on " + address)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .atMost(READY)
        .until(this::readyOrThrow);
  }

  private boolean readyOrThrow() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "redis-server on " + address + " ended with " + process.exitValue() + ":\n" + output());
    }
    try {
      return "PONG".equals(command("PING"));
    } catch (JedisException e) {
      return false; // not listening yet, or LOADING
    }
  }

  /** What the process printed and logged, for error messages. */
  public String output() {
    StringBuilder text = new StringBuilder();
    for (Path file : List.of(directory.resolve("output.txt"), logFile())) {
      try {
        text.append(Files.exists(file) ? Files.readString(file) : "");
      } catch (IOException e) {
        text.append(e);
      }
    }
    return text.toString();
  }

  /** SIGKILL; returns once the process is gone. */
  public void kill() {
    Signals.kill(process);
    frozen = false;
  }

  /** SIGSTOP: sockets stay open and accept, nobody answers. */
  public void freeze() {
    frozen = true;
    Signals.freeze(process);
  }

  /** SIGCONT. */
  public void thaw() {
    Signals.thaw(process);
    frozen = false;
  }

  /** Makes it a replica of the other node. */
  public void replicaOf(RedisNode master) {
    command("REPLICAOF", master.address.host(), "" + master.address.port());
  }

  /** Makes it a master. */
  public void promote() {
    command("REPLICAOF", "NO", "ONE");
  }

  /** One command on a connection of its own; strings and lists of strings come back. */
  public Object command(String name, String... arguments) {
    HostAndPort target = new HostAndPort(address.host(), address.port());
    try (Connection connection = new Connection(target, admin)) {
      CommandArguments request = new CommandArguments(() -> SafeEncoder.encode(name));
      Arrays.stream(arguments).forEach(request::add);
      return SafeEncoder.encodeObject(connection.executeCommand(request));
    }
  }

  /** The next message that somebody publishes on this channel of the node. */
  public String awaitMessage(String channel) {
    HostAndPort target = new HostAndPort(address.host(), address.port());
    try (Connection connection = new Connection(target, admin)) {
      connection.setSoTimeout((int) READY.toMillis());
      connection.sendCommand(Protocol.Command.SUBSCRIBE, channel);
      connection.getOne();
      List<?> message = (List<?>) SafeEncoder.encodeObject(connection.getUnflushedObject());
      return message.get(2).toString();
    }
  }

  /** One section of INFO as a map. */
  public Map<String, String> info(String section) {
    Map<String, String> fields = new HashMap<>();
    for (String line : command("INFO", section).toString().split("\r?\n")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    return Collections.unmodifiableMap(fields);
  }

  /** {@code master} or {@code slave}, as the node itself says. */
  public String role() {
    return info("replication").get("role");
  }

  public boolean isReplicaOf(NodeAddress master) {
    Map<String, String> info = info("replication");
    return "slave".equals(info.get("role"))
        && master.host().equals(info.get("master_host"))
        && ("" + master.port()).equals(info.get("master_port"));
  }

  /** Whether it copies that master and is up to date with the stream. */
  public boolean isInSyncWith(NodeAddress master) {
    Map<String, String> info = info("replication");
    return isReplicaOf(master)
        && "up".equals(info.get("master_link_status"))
        && "0".equals(info.get("master_sync_in_progress"));
  }

  /** How often this command was run since the process started. */
  public long calls(String command) {
    String stat = info("commandstats").get("cmdstat_" + command.toLowerCase(Locale.ROOT));
    return stat == null ? 0 : Long.parseLong(stat.replaceFirst("calls=(\\d+),.*", "$1"));
  }

  @Override
  public void close() {
    closed = true;
    if (isAlive()) {
      kill();
    }
    TempDirs.delete(directory);
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
