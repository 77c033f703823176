package io.github.jedisfailover.integration.spring;

import java.time.Duration;

/**
 * Pool of each node, with Commons Pool's names.
 *
 * @param maxTotal Connections; spring.data.redis.jedis.pool.max-active by default.
 * @param maxIdle Idle ones of them; spring.data.redis.jedis.pool.max-idle by default.
 * @param minIdle Kept ready; spring.data.redis.jedis.pool.min-idle by default.
 * @param maxWait Wait for a free connection; the call's deadline by default.
 * @param lifo Whether the last connection used is used first.
 * @param fairness No difference, see the documentation.
 * @param blockWhenExhausted Whether to wait for a free connection at all.
 * @param testOnCreate PING a new connection.
 * @param testOnBorrow PING before each use.
 * @param testOnReturn PING after each use.
 * @param testWhileIdle PING idle connections.
 * @param timeBetweenEvictionRuns How often idle connections are looked at.
 * @param minEvictableIdleDuration An idle connection this old is closed.
 * @param numTestsPerEvictionRun Connections per look; -1: all.
 * @param jmxEnabled Whether the pool is shown in JMX.
 */
record PoolProperties(
    Integer maxTotal,
    Integer maxIdle,
    Integer minIdle,
    Duration maxWait,
    Boolean lifo,
    Boolean fairness,
    Boolean blockWhenExhausted,
    Boolean testOnCreate,
    Boolean testOnBorrow,
    Boolean testOnReturn,
    Boolean testWhileIdle,
    Duration timeBetweenEvictionRuns,
    Duration minEvictableIdleDuration,
    Integer numTestsPerEvictionRun,
    Boolean jmxEnabled) {
  void addTo(SettingValues values) {
    values.put("pool.maxTotal", maxTotal);
    values.put("pool.maxIdle", maxIdle);
    values.put("pool.minIdle", minIdle);
    values.put("pool.maxWait", maxWait);
    values.put("pool.lifo", lifo);
    values.put("pool.fairness", fairness);
    values.put("pool.blockWhenExhausted", blockWhenExhausted);
    values.put("pool.testOnCreate", testOnCreate);
    values.put("pool.testOnBorrow", testOnBorrow);
    values.put("pool.testOnReturn", testOnReturn);
    values.put("pool.testWhileIdle", testWhileIdle);
    values.put("pool.timeBetweenEvictionRuns", timeBetweenEvictionRuns);
    values.put("pool.minEvictableIdleDuration", minEvictableIdleDuration);
    values.put("pool.numTestsPerEvictionRun", numTestsPerEvictionRun);
    values.put("pool.jmxEnabled", jmxEnabled);
  }
}
