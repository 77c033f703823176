package io.github.jedisfailover.internal.process;

import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.testing.RedisNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One place in a group of Sentinels: a port, and a directory with the file. A real Sentinel or ours
 * sits there, and the one can follow the other.
 */
final class SentinelMember implements AutoCloseable {
  static final String NAME = "m";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /**
   * Two periods of PING. With one period a busy Sentinel takes the master it has just switched to
   * for down, counts what its peers said of the old one, and fails over once more.
   */
  static final int DOWN_AFTER = 2_000;

  private static final String FILE = "s.conf";
  private static final String LOG = "s.log";
  private static final JedisClientConfig PLAIN =
      DefaultJedisClientConfig.builder()
          .protocol(RedisProtocol.RESP2)
          .connectionTimeoutMillis(1_000)
          .socketTimeoutMillis(5_000)
          .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
          .build();

  private final int port;
  private final Path directory;
  private List<String> program;
  private SentinelProgram run;

  /** Writes the file. */
  SentinelMember(int port, Path directory, RedisNode master, List<String> moreLines) {
    this.port = port;
    this.directory = directory;
    String lines =
        String.join(
            "\n",
            "port " + port,
            "dir " + directory,
            "logfile " + LOG,
            "sentinel monitor " + NAME + " 127.0.0.1 " + master.port() + " 2",
            "sentinel down-after-milliseconds " + NAME + " " + DOWN_AFTER,
            "sentinel failover-timeout " + NAME + " 6000",
            "");
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(FILE), lines + String.join("\n", moreLines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  Path directory() {
    return directory;
  }

  boolean isReal() {
    return SentinelProgram.isReal(program);
  }

  boolean isAlive() {
    return run.isAlive();
  }

  /** Starts without waiting. */
  SentinelMember start(List<String> what) {
    program = what;
    run = SentinelProgram.start(program, directory, FILE);
    return this;
  }

  /** Again what was there last. */
  SentinelMember start() {
    return start(program);
  }

  SentinelMember awaitPong() {
    run.awaitPong(port);
    return this;
  }

  /** SIGKILL; returns once it is gone. */
  void kill() {
    run.close();
  }

  /** SIGTERM, and what it left behind. */
  SentinelProgram.Ended terminate() {
    run.signal("TERM");
    return run.ended();
  }

  private <T> T ask(Function<Jedis, T> question) {
    try (Jedis jedis = new Jedis(new HostAndPort("127.0.0.1", port), PLAIN)) {
      return question.apply(jedis);
    }
  }

  String id() {
    return ask(Jedis::sentinelMyId);
  }

  Map<String, String> master() {
    return ask(j -> j.sentinelMaster(NAME));
  }

  List<Map<String, String>> replicas() {
    return ask(j -> j.sentinelReplicas(NAME));
  }

  List<Map<String, String>> sentinels() {
    return ask(j -> j.sentinelSentinels(NAME));
  }

  void set(Map<String, String> settings) {
    ask(j -> j.sentinelSet(NAME, settings));
  }

  String quorumCheck() {
    return SentinelProgram.ask(port, "SENTINEL CKQUORUM " + NAME);
  }

  void awaitUsable(int count) {
    await("usable members as " + this + " sees them")
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> quorumCheck().startsWith("+OK " + count + " usable"));
  }

  /** What a client and an administrator are told of the group. */
  Told told() {
    try {
      Map<String, String> master = ask(Jedis::sentinelMasters).get(0);
      List<String> address = ask(j -> j.sentinelGetMasterAddrByName(NAME));
      long fit =
          replicas().stream()
              .filter(r -> r.get("flags").equals("slave"))
              .filter(r -> r.get("master-link-status").equals("ok"))
              .filter(r -> r.get("master-port").equals(address.get(1)))
              .count();
      return new Told(
          Integer.parseInt(address.get(1)),
          Integer.parseInt(master.get("port")),
          Long.parseLong(master.get("config-epoch")),
          master.get("flags"),
          Integer.parseInt(master.get("num-other-sentinels")),
          fit);
    } catch (JedisException e) {
      return new Told(0, 0, 0, e.toString(), 0, 0);
    }
  }

  /**
   * What one member says.
   *
   * @param port of the master, as clients are told
   * @param listed the same in {@code SENTINEL MASTERS}, which differs during a failover
   * @param fit replicas of this master that are up and linked to it
   */
  record Told(int port, int listed, long epoch, String flags, int others, long fit) {}

  /** How often it logged this event; the log goes on over all starts at this place. */
  long logged(String event) {
    try {
      return Files.readAllLines(directory.resolve(LOG), StandardCharsets.ISO_8859_1).stream()
          .filter(line -> line.contains(" " + event + " "))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (run != null) {
      run.close();
    }
  }

  @Override
  public String toString() {
    return (isReal() ? "redis-sentinel" : "ours") + " at " + port;
  }
}
