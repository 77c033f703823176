package io.github.jedisfailover.testing;

import io.github.jedisfailover.internal.testkit.Await;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

/**
 * One redis-server process with its own directory and port, and the faults that can be done to it.
 * Questions go over a connection of their own with time-outs of 1 s; where the node gives no
 * answer, they throw {@link JedisException}. For one test thread; {@link #isAlive()}, {@link
 * #isFrozen()} and questions may be asked from any.
 */
public final class RedisNode implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(10);

  private final NodeAddress address;
  private final ServerProcess process;
  private final JedisClientConfig admin;
  private volatile boolean frozen;
  private Slowness slowness;

  RedisNode(NodeAddress address, ServerProcess process, Access access) {
    this.address = address;
    this.process = process;
    this.admin =
        access
            .client()
            .protocol(RedisProtocol.RESP2)
            .connectionTimeoutMillis(1_000)
            .socketTimeoutMillis(1_000)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .build();
  }

  /**
   * Where it listens.
   *
   * @return the same for its whole life
   */
  public NodeAddress address() {
    return address;
  }

  /**
   * The port of {@link #address()}.
   *
   * @return the port
   */
  public int port() {
    return address.port();
  }

  /**
   * Whether there is a process; a frozen one counts.
   *
   * @return {@code false} after {@link #kill()}
   */
  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Whether it was frozen and not thawed.
   *
   * @return {@code true} after {@link #freeze()}
   */
  public boolean isFrozen() {
    return frozen;
  }

  /**
   * Starts a killed node on its port, with its data directory and the configuration file as it was;
   * waits until it answers. A former master comes back as a master, until the monitors make it a
   * replica.
   *
   * @param moreArguments of redis-server, for this start
   * @return this
   * @throws IllegalStateException if it is running, or does not start: with its output
   */
  public RedisNode start(String... moreArguments) {
    launch(moreArguments);
    awaitReady();
    return this;
  }

  /**
   * Starts a killed node as an administrator would: its configuration names the master, so that it
   * is back at once.
   *
   * @param master whom to copy
   */
  public void startAsReplicaOf(RedisNode master) {
    start("--replicaof", master.address.host(), "" + master.port());
  }

  void launch(String... moreArguments) {
    frozen = false;
    process.launch(moreArguments);
  }

  void awaitReady() {
    Await.until("answer of redis-server on " + address, READY, this::readyOrThrow, process::output);
  }

  private boolean readyOrThrow() {
    process.requireAlive();
    return "PONG".equals(command("PING")); // not while it is LOADING
  }

  /** SIGKILL; returns once the process is gone. Does nothing to a node that is dead already. */
  public void kill() {
    process.kill();
    frozen = false;
  }

  /**
   * SIGSTOP: sockets stay open and accept, nobody answers.
   *
   * @throws IllegalStateException if there is no process
   */
  public void freeze() {
    frozen = true;
    process.freeze();
  }

  /**
   * SIGCONT: goes on after {@link #freeze()}.
   *
   * @throws IllegalStateException if there is no process
   */
  public void thaw() {
    process.thaw();
    frozen = false;
  }

  /**
   * Keeps it busy from now on, as slow commands of others would: what is asked meanwhile waits for
   * at most this long, half as long on average, and the node serves all that has come in in one go.
   * Uses DEBUG SLEEP.
   *
   * @param delay 1 ms to 10 s; zero ends it
   * @throws IllegalArgumentException if out of range
   */
  public void slow(Duration delay) {
    if (delay.isNegative() || delay.toMillis() > 10_000) {
      throw new IllegalArgumentException("delay must be 0..10 s, was " + delay);
    }
    if (slowness != null) {
      slowness.close();
      slowness = null;
    }
    if (delay.toMillis() > 0) {
      slowness = Slowness.of(this, delay);
    }
  }

  /**
   * Restarts it in good order, with its data: SHUTDOWN SAVE, then {@link #start}. Starts it if it
   * is dead.
   *
   * @return this
   */
  public RedisNode restart() {
    if (isFrozen()) {
      thaw();
    }
    if (isAlive()) {
      shutDown();
    }
    return start();
  }

  private void shutDown() {
    try {
      command("SHUTDOWN", "SAVE");
    } catch (JedisConnectionException e) {
      // It ends without an answer; a slow one may still be saving.
    }
    if (!process.endsWithin(READY)) {
      throw new IllegalStateException(
          address + " did not shut down within " + READY.toSeconds() + " s:\n" + output());
    }
  }

  /**
   * Kills it, deletes its data, and starts it at once: a server without persistence that a
   * supervisor brings back before anybody has noticed.
   *
   * @return this
   */
  public RedisNode empty() {
    kill();
    process.deleteData();
    return start();
  }

  /**
   * Makes it a replica of the other node, behind the monitors' back.
   *
   * @param master whom to copy
   */
  public void replicaOf(RedisNode master) {
    command("REPLICAOF", master.address.host(), "" + master.address.port());
  }

  /** Makes it a master, behind the monitors' back. */
  public void promote() {
    command("REPLICAOF", "NO", "ONE");
  }

  /**
   * One command on a connection of its own.
   *
   * @param name of the command
   * @param arguments the rest
   * @return strings and lists of strings, or a number
   * @throws JedisException if the node refuses it or does not answer
   */
  public Object command(String name, String... arguments) {
    try (Connection connection = connect()) {
      return SafeEncoder.encodeObject(connection.executeCommand(request(name, arguments)));
    }
  }

  /** The same command again and again on one connection, however long it takes. */
  void repeat(String name, BooleanSupplier more, String... arguments) {
    CommandArguments request = request(name, arguments);
    try (Connection connection = connect()) {
      connection.setSoTimeout((int) READY.toMillis() * 2);
      while (more.getAsBoolean()) {
        connection.executeCommand(request);
      }
    }
  }

  private Connection connect() {
    return new Connection(new HostAndPort(address.host(), address.port()), admin);
  }

  private static CommandArguments request(String name, String... arguments) {
    CommandArguments request = new CommandArguments(() -> SafeEncoder.encode(name));
    Arrays.stream(arguments).forEach(request::add);
    return request;
  }

  /**
   * One section of INFO.
   *
   * @param section such as {@code replication}
   * @return field to value
   */
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

  /**
   * What the node itself says it is.
   *
   * @return {@code master} or {@code slave}
   */
  public String role() {
    return info("replication").get("role");
  }

  /**
   * Whether it is a replica of that master, in step or not.
   *
   * @param master the master's address
   * @return what the node itself says
   */
  public boolean isReplicaOf(NodeAddress master) {
    return copies(info("replication"), master);
  }

  private static boolean copies(Map<String, String> replication, NodeAddress master) {
    return "slave".equals(replication.get("role"))
        && master.host().equals(replication.get("master_host"))
        && ("" + master.port()).equals(replication.get("master_port"));
  }

  /**
   * Whether it copies that master and is up to date with the stream.
   *
   * @param master the master's address
   * @return what the node itself says
   */
  public boolean isInSyncWith(NodeAddress master) {
    Map<String, String> info = info("replication");
    return copies(info, master)
        && "up".equals(info.get("master_link_status"))
        && "0".equals(info.get("master_sync_in_progress"));
  }

  /**
   * How often a command was run here since the process started: who served the reads?
   *
   * @param command in any case
   * @return the number
   */
  public long calls(String command) {
    String stat = info("commandstats").get("cmdstat_" + command.toLowerCase(Locale.ROOT));
    return stat == null ? 0 : Long.parseLong(stat.replaceFirst("calls=(\\d+),.*", "$1"));
  }

  /**
   * What the process printed and logged since it was made, for error messages.
   *
   * @return the text
   */
  public String output() {
    return process.output();
  }

  /**
   * Its configuration file, as the server last wrote it with CONFIG REWRITE.
   *
   * @return empty before the first time
   */
  public String configuration() {
    return process.configuration();
  }

  /** One line for people: address, role, link, offset. */
  String describe() {
    if (!isAlive() || isFrozen()) {
      return address + (isAlive() ? " frozen" : " dead");
    }
    try {
      Map<String, String> info = info("replication");
      boolean master = "master".equals(info.get("role"));
      return address
          + (master
              ? " master, " + info.get("connected_slaves") + " replicas"
              : " replica of " + info.get("master_host") + ":" + info.get("master_port"))
          + (master ? "" : ", link " + info.get("master_link_status"))
          + ", offset "
          + info.get(master ? "master_repl_offset" : "slave_repl_offset");
    } catch (JedisException e) {
      return address + " does not answer: " + e.getMessage();
    }
  }

  /** Kills it and deletes its directory. */
  @Override
  public void close() {
    slow(Duration.ZERO);
    process.close();
  }

  /** The address. */
  @Override
  public String toString() {
    return address.toString();
  }
}
