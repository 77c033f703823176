package io.github.jedisfailover.internal.settings;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;

/** What Commons Pool has, by its names. */
final class PoolSettings {
  private static final int MOST = 100_000;
  private static final Duration MAX_WAIT = Duration.ofHours(1);
  private static final Duration MAX_IDLE = Duration.ofHours(24);

  private PoolSettings() {}

  static List<Setting> all() {
    return List.of(
        pool("maxTotal", t -> t.number(1, MOST), GenericObjectPoolConfig::setMaxTotal),
        pool("maxIdle", t -> t.number(0, MOST), GenericObjectPoolConfig::setMaxIdle),
        pool("minIdle", t -> t.number(0, MOST), GenericObjectPoolConfig::setMinIdle),
        pool(
            "maxWait",
            t -> t.duration(Duration.ZERO, MAX_WAIT),
            GenericObjectPoolConfig::setMaxWait),
        pool("lifo", Text::truth, GenericObjectPoolConfig::setLifo),
        pool("fairness", Text::truth, GenericObjectPoolConfig::setFairness),
        pool("blockWhenExhausted", Text::truth, GenericObjectPoolConfig::setBlockWhenExhausted),
        pool("testOnCreate", Text::truth, GenericObjectPoolConfig::setTestOnCreate),
        pool("testOnBorrow", Text::truth, GenericObjectPoolConfig::setTestOnBorrow),
        pool("testOnReturn", Text::truth, GenericObjectPoolConfig::setTestOnReturn),
        pool("testWhileIdle", Text::truth, GenericObjectPoolConfig::setTestWhileIdle),
        pool(
            "timeBetweenEvictionRuns",
            PoolSettings::idleTime,
            GenericObjectPoolConfig::setTimeBetweenEvictionRuns),
        pool(
            "minEvictableIdleDuration",
            PoolSettings::idleTime,
            GenericObjectPoolConfig::setMinEvictableIdleDuration),
        pool(
            "numTestsPerEvictionRun",
            t -> t.number(-MOST, MOST),
            GenericObjectPoolConfig::setNumTestsPerEvictionRun),
        pool("jmxEnabled", Text::truth, GenericObjectPoolConfig::setJmxEnabled));
  }

  private static Duration idleTime(Text text) {
    return text.duration(Duration.ofMillis(1), MAX_IDLE);
  }

  private static <V> Setting pool(
      String name,
      Function<Text, V> read,
      BiConsumer<GenericObjectPoolConfig<Connection>, V> setter) {
    return Setting.of(
        "pool." + name,
        (draft, text) -> {
          V value = read.apply(text);
          draft.pool.add(config -> setter.accept(config, value));
        });
  }
}
