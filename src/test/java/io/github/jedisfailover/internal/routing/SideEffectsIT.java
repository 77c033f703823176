package io.github.jedisfailover.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.config.SideEffect;
import io.github.jedisfailover.internal.routing.RepeatsPage.Example;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** A server is asked whether a second run does what the table of side effects says. */
class SideEffectsIT {
  private static final List<String> DATA =
      List.of(
          "SET k v",
          "SET n1 10",
          "RPUSH n 3 1 2",
          "RPUSH l a b a c a",
          "RPUSH l2 z",
          "HSET h f 1 n 2",
          "SADD s a b c d",
          "SADD s2 c e",
          "ZADD z 1 a 2 b 3 c",
          "ZADD z2 1 a 5 e",
          "GEOADD geo 13.3 38.1 p1 15.0 37.5 p2",
          "PFADD hll a b",
          "PFADD hll2 c",
          "XADD x 1-1 f v",
          "XADD x 2-1 f v");

  @Test
  void aSecondRunLeavesWhatTheTableSays() {
    try (RedisServers servers = RedisServers.open();
        Jedis jedis = connect(servers.start())) {
      int compared = 0;
      int unknown = 0;
      for (Example e :
          Stream.concat(RepeatsPage.byArguments().stream(), RepeatsPage.byName().stream())
              .filter(Example::comparable)
              .filter(e -> e.effect() != SideEffect.NEVER)
              .toList()) {
        if (!known(jedis, e)) {
          unknown++;
          continue;
        }
        TreeMap<String, String> once = after(jedis, e.command(), 1);
        TreeMap<String, String> twice = after(jedis, e.command(), 2);
        boolean adds =
            e.effect() == SideEffect.ACCUMULATES || e.effect() == SideEffect.BLOCKING_POP;
        assertThat(once.equals(twice)).as("%s is %s", e.command(), e.effect()).isEqualTo(!adds);
        if (e.effect() == SideEffect.READ) {
          assertThat(once).as(e.command()).isEqualTo(after(jedis, e.command(), 0));
        }
        compared++;
      }
      System.out.printf("side effects: %d compared, %d unknown here%n", compared, unknown);
      assertThat(compared).isGreaterThan(90);
    }
  }

  private static Jedis connect(RedisNode node) {
    return new Jedis(node.address().host(), node.port());
  }

  /** Redis 8.4 is the first to know IFEQ. */
  private static boolean known(Jedis jedis, Example e) {
    List<?> info = (List<?>) send(jedis, "COMMAND INFO " + e.name());
    return info.get(0) != null && !e.command().startsWith("SET k v IFEQ");
  }

  /** All keys and their values, without the times that are left. */
  private static TreeMap<String, String> after(Jedis jedis, String command, int runs) {
    jedis.flushAll();
    jedis.functionFlush();
    DATA.forEach(line -> send(jedis, line));
    send(jedis, "XGROUP CREATE x g 0");
    for (int i = 0; i < runs; i++) {
      try {
        send(jedis, command);
      } catch (JedisDataException e) {
        assertThat(e.getMessage())
            .as(command)
            .doesNotStartWith("ERR syntax")
            .doesNotContain("wrong number of arguments")
            .doesNotStartWith("WRONGTYPE");
      }
    }
    TreeMap<String, String> data = new TreeMap<>();
    for (String key : jedis.keys("*")) {
      data.put(key, value(jedis, key));
    }
    return data;
  }

  /** A set has no order; a stream's consumer group holds times. */
  private static String value(Jedis jedis, String key) {
    return switch (jedis.type(key)) {
      case "set" -> new TreeSet<>(jedis.smembers(key)).toString();
      case "hash" -> new TreeMap<>(jedis.hgetAll(key)).toString();
      case "stream" -> jedis.xrange(key, "-", "+").toString();
      default -> Arrays.toString(jedis.dump(key));
    };
  }

  private static Object send(Jedis jedis, String line) {
    String[] words = line.split(" ");
    return jedis.sendCommand(
        () -> words[0].getBytes(StandardCharsets.UTF_8),
        Arrays.copyOfRange(words, 1, words.length));
  }
}
