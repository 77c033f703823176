package io.github.jedisfailover.bench;

import io.github.jedisfailover.RedisFailover;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.testing.FreePorts;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.EnumMap;
import java.util.Map;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.UnifiedJedis;

/** The clients under measurement; the same pool and connection settings for all. */
@State(Scope.Benchmark)
public class Variant {
  static final String PORT = "bench.port";
  private static final JedisClientConfig CONFIG =
      DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP3).build();

  private final Map<Client, UnifiedJedis> clients = new EnumMap<>(Client.class);
  private RedisFailover pair;
  private int turn;
  private UnifiedJedis redis;

  UnifiedJedis client() {
    return redis;
  }

  @Setup(Level.Trial)
  public void open() {
    NodeAddress server = new NodeAddress(RedisServers.LOOPBACK, Integer.getInteger(PORT));
    clients.put(Client.RAW, raw(server));
    clients.put(Client.OURS, ours(server));
    clients.put(Client.PAIR, pair(server));
    for (String key : Keys.all()) {
      clients.get(Client.RAW).set(key, Keys.VALUE);
    }
  }

  /** Warm-up takes whole rounds, so turn 0 of the measurement is turn 0 here too. */
  @Setup(Level.Iteration)
  public void nextTurn() {
    redis = clients.get(Turns.client(turn++));
  }

  private static UnifiedJedis raw(NodeAddress server) {
    return RedisClient.builder()
        .hostAndPort(new HostAndPort(server.host(), server.port()))
        .clientConfig(CONFIG)
        .poolConfig(pool())
        .build();
  }

  private static UnifiedJedis ours(NodeAddress server) {
    return RedisFailoverClient.builder()
        .nodes(server)
        .clientConfig(CONFIG)
        .poolConfig(pool())
        .monitor(loneVoter())
        .build();
  }

  private UnifiedJedis pair(NodeAddress server) {
    pair =
        RedisFailover.builder()
            .nodes(server)
            .clientConfig(CONFIG)
            .poolConfig(pool())
            .monitor(loneVoter())
            .build();
    return RedisClient.builder()
        .connectionProvider(pair.connectionProvider())
        .commandExecutor(pair.commandExecutor())
        .clientConfig(pair.clientConfig())
        .build();
  }

  private static ConnectionPoolConfig pool() {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(16);
    pool.setMaxIdle(16);
    return pool;
  }

  private static MonitorConfig loneVoter() {
    int port = new FreePorts().any(RedisServers.LOOPBACK);
    NodeAddress voter = new NodeAddress(RedisServers.LOOPBACK, port);
    return MonitorConfig.builder().voters(voter).listen(voter).build();
  }

  @TearDown(Level.Trial)
  public void close() {
    clients.values().forEach(UnifiedJedis::close);
    pair.close();
  }
}
