package io.github.jedisfailover;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The RESP version, settled once for the command objects and for every connection.
 *
 * <p>Jedis decides it twice when left to itself: the command objects ask one connection when they
 * are made and assume RESP2 if that fails, each later connection negotiates anew. When the two
 * differ, replies are parsed with the wrong decoder.
 *
 * @param commands for what builds commands and reads replies: names the protocol always
 * @param connections for sockets: RESP2 that was not asked for by the user needs no handshake, so
 *     servers without {@code HELLO} work too
 */
record SettledProtocol(JedisClientConfig commands, JedisClientConfig connections) {
  private static final Logger log = LoggerFactory.getLogger(SettledProtocol.class);

  static SettledProtocol of(FailoverConfig config, MonotonicClock clock) {
    JedisClientConfig asked = config.clientConfig();
    if (asked.getRedisProtocol() != null) {
      return new SettledProtocol(asked, asked);
    }
    RedisProtocol spoken =
        asked.isAutoNegotiateProtocol() ? learn(config, clock) : RedisProtocol.RESP2;
    JedisClientConfig commands =
        DefaultJedisClientConfig.builder().from(asked).protocol(spoken).build();
    return new SettledProtocol(
        commands, spoken == RedisProtocol.RESP3 ? commands : withoutHandshake(asked));
  }

  private static JedisClientConfig withoutHandshake(JedisClientConfig asked) {
    return DefaultJedisClientConfig.builder().from(asked).serverDefaultProtocol().build();
  }

  /** What the first node that answers speaks; RESP2, which all speak, if none does in time. */
  private static RedisProtocol learn(FailoverConfig config, MonotonicClock clock) {
    long deadline = clock.millis() + config.startTimeout().toMillis();
    for (NodeAddress node : config.nodes()) {
      if (clock.millis() >= deadline) {
        break;
      }
      HostAndPort target = new HostAndPort(node.host(), node.port());
      try (Connection connection = new Connection(target, config.clientConfig())) {
        return RedisProtocol.orServerDefault(connection.getRedisProtocol());
      } catch (JedisException e) {
        log.debug("[{}] {} did not tell its protocol", config.clientName(), node, e);
      }
    }
    log.info(
        "[{}] no node told its protocol within {} ms: RESP2 is used",
        config.clientName(),
        config.startTimeout().toMillis());
    return RedisProtocol.RESP2;
  }
}
