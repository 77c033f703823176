package io.github.jedisfailover.integration.spring;

import io.github.jedisfailover.config.Preset;
import io.github.jedisfailover.config.SentinelDeparture;
import io.github.jedisfailover.config.SideEffect;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * The settings of the library under their own names; what is not set has the default of the
 * library, so that a preset can change it. A name that does not exist is refused.
 *
 * @param enabled Whether the auto-configuration is active; it is when nodes or sentinels are set.
 * @param preset Settings that belong together; every other one that is set counts more.
 * @param nodes Seed nodes, host:port; any of them may be the master.
 * @param masterName Name of the master group, the same in all JVMs and in the Sentinels.
 * @param clientName Name in thread names, logs and events; the master's name by default.
 * @param readFrom Which nodes serve reads, with ;within=, ;withinBytes= or ;subnet= after it.
 * @param subscribeByReadFrom Whether subscriptions go where reads go, not to the master.
 * @param callTimeout Deadline of one call with all its waiting and repeats.
 * @param startTimeout How long the start waits for a master; zero: not at all.
 * @param warmConnections Connections opened to a new master ahead of its callers.
 * @param warmTimeout How long callers are held back for that at most.
 * @param retry How calls are repeated.
 * @param sentinels Redis Sentinels to follow, host:port.
 * @param sentinelUser User at the Sentinels; with a password.
 * @param sentinelPassword Password at the Sentinels.
 * @param sentinelTls Whether the Sentinels are connected to with TLS, with the stores given here.
 * @param staticNodes Nobody monitors the nodes: promotion by hand.
 * @param user User; spring.data.redis.username by default.
 * @param password Password; spring.data.redis.password by default.
 * @param database Database index; spring.data.redis.database by default.
 * @param connectionName CLIENT SETNAME of each connection; spring.data.redis.client-name by
 *     default.
 * @param protocol Protocol of the connections. Spring Data expects RESP2.
 * @param connectionTimeout Connecting; spring.data.redis.connect-timeout by default.
 * @param socketTimeout The reply to a command; spring.data.redis.timeout by default.
 * @param blockingSocketTimeout The reply to a command that blocks; zero: for ever.
 * @param addressMap NAT and containers: announced=dialled, each host:port.
 * @param tls Whether to connect with TLS with the stores given here; spring.data.redis.ssl is the
 *     other way.
 * @param tlsVerify What of the certificate is checked.
 * @param trustStore File with trusted certificates; the JVM's by default.
 * @param trustStorePassword Password of the trust store.
 * @param keyStore File with this client's certificate.
 * @param keyStorePassword Password of the key store.
 * @param pool Pool of each node.
 * @param monitors All voters, host:port, the same list in every JVM.
 * @param listen The one of the monitors that this JVM runs; none: it observes.
 * @param stateDirectory Directory for identity, epochs and votes of this voter; in memory by
 *     default.
 * @param quorum Voters that must call the master down; the majority by default.
 * @param downAfter Silence after which the master is called down, down-after-milliseconds.
 * @param failoverTimeout As failover-timeout of Sentinel.
 * @param parallelSyncs As parallel-syncs of Sentinel.
 * @param without Departures from Sentinel's rules to switch off.
 * @param listener The voter's port.
 */
@ConfigurationProperties(prefix = JedisFailoverProperties.PREFIX, ignoreUnknownFields = false)
record JedisFailoverProperties(
    Boolean enabled,
    Preset preset,
    List<String> nodes,
    String masterName,
    String clientName,
    String readFrom,
    Boolean subscribeByReadFrom,
    Duration callTimeout,
    Duration startTimeout,
    Integer warmConnections,
    Duration warmTimeout,
    Retry retry,
    List<String> sentinels,
    String sentinelUser,
    String sentinelPassword,
    Boolean sentinelTls,
    Boolean staticNodes,
    String user,
    String password,
    Integer database,
    String connectionName,
    String protocol,
    Duration connectionTimeout,
    Duration socketTimeout,
    Duration blockingSocketTimeout,
    List<String> addressMap,
    Boolean tls,
    String tlsVerify,
    String trustStore,
    String trustStorePassword,
    String keyStore,
    String keyStorePassword,
    Pool pool,
    List<String> monitors,
    String listen,
    String stateDirectory,
    Integer quorum,
    Duration downAfter,
    Duration failoverTimeout,
    Integer parallelSyncs,
    List<SentinelDeparture> without,
    @NestedConfigurationProperty ListenerProperties listener) {
  static final String PREFIX = "jedis-failover";

  /** All that are set, by name. */
  SettingValues values() {
    SettingValues values = new SettingValues();
    values.put("preset", preset);
    values.put("nodes", nodes);
    values.put("masterName", masterName);
    values.put("clientName", clientName);
    values.put("readFrom", readFrom);
    values.put("subscribeByReadFrom", subscribeByReadFrom);
    values.put("callTimeout", callTimeout);
    values.put("startTimeout", startTimeout);
    values.put("warmConnections", warmConnections);
    values.put("warmTimeout", warmTimeout);
    if (retry != null) {
      retry.addTo(values);
    }
    values.put("sentinels", sentinels);
    values.put("sentinelUser", sentinelUser);
    values.put("sentinelPassword", sentinelPassword);
    values.put("sentinelTls", sentinelTls);
    values.put("staticNodes", staticNodes);
    values.put("user", user);
    values.put("password", password);
    values.put("database", database);
    values.put("connectionName", connectionName);
    values.put("protocol", protocol);
    values.put("connectionTimeout", connectionTimeout);
    values.put("socketTimeout", socketTimeout);
    values.put("blockingSocketTimeout", blockingSocketTimeout);
    values.put("addressMap", addressMap);
    values.put("tls", tls);
    values.put("tlsVerify", tlsVerify);
    values.put("trustStore", trustStore);
    values.put("trustStorePassword", trustStorePassword);
    values.put("keyStore", keyStore);
    values.put("keyStorePassword", keyStorePassword);
    if (pool != null) {
      pool.addTo(values);
    }
    values.put("monitors", monitors);
    values.put("listen", listen);
    values.put("stateDirectory", stateDirectory);
    values.put("quorum", quorum);
    values.put("downAfter", downAfter);
    values.put("failoverTimeout", failoverTimeout);
    values.put("parallelSyncs", parallelSyncs);
    values.put("without", without);
    if (listener != null) {
      listener.addTo(values);
    }
    return values;
  }

  /** Names alone: some values are secret. */
  @Override
  public String toString() {
    return PREFIX + values().all().keySet();
  }

  /**
   * How calls are repeated.
   *
   * @param maxAttempts Attempts with the first; normally the deadline decides.
   * @param initialBackoff Wait before the first repeat.
   * @param maxBackoff Longest wait between two attempts.
   * @param repeats Kinds of commands that are repeated when their outcome is unknown.
   */
  record Retry(
      Integer maxAttempts, Duration initialBackoff, Duration maxBackoff, List<SideEffect> repeats) {
    void addTo(SettingValues values) {
      values.put("retry.maxAttempts", maxAttempts);
      values.put("retry.initialBackoff", initialBackoff);
      values.put("retry.maxBackoff", maxBackoff);
      values.put("retry.repeats", repeats);
    }
  }

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
  record Pool(
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
}
