package io.github.jedisfailover;

import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.health.HealthReport;
import io.github.jedisfailover.internal.execution.JedisLoans;
import io.github.jedisfailover.internal.execution.JedisObjects;
import io.github.jedisfailover.internal.jedis.JedisVersion;
import io.github.jedisfailover.topology.TopologyView;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPoolConfig;
import redis.clients.jedis.RedisProtocol;

/**
 * A {@code JedisPool} whose objects are connected to the current master, for code with fields of
 * type {@code JedisPool} or {@code Pool<Jedis>}, and for what used to be a {@code
 * JedisSentinelPool}:
 *
 * <pre>{@code
 * Set<String> nodes = Set.of("10.0.0.1:6379", "10.0.0.2:6379", "10.0.0.3:6379");
 * JedisPool pool = new JedisFailoverPool("orders", nodes, monitor);
 * try (Jedis jedis = pool.getResource()) {
 *   jedis.set("order:1", "paid");
 * }
 * }</pre>
 *
 * <p><b>Borrowing.</b> {@code getResource()} waits at most the pool's {@code maxWait}, or the call
 * time-out (10 s unless set) if that is not set: for a free object, and through a failover for the
 * next master. An object whose node is no longer what the pool is for is closed and never lent.
 *
 * <p><b>At a switch</b> objects on loan are cut: the command under way, or the next one, throws a
 * {@code JedisConnectionException}, and what was sent and not answered may have been applied. The
 * caller gives the object back and borrows again; nothing is repeated on its behalf. Giving back a
 * broken object never throws, and never connects unless others wait and {@code maxIdle} is 0 or
 * {@code testOnReturn} is set; until its turn to be borrowed or evicted comes it counts as idle.
 *
 * <p><b>Role.</b> A {@code Jedis} is one connection, so all its commands go to one node. {@code
 * readFrom(ReadFrom.REPLICA)} makes a pool of replicas; they answer writes with {@code READONLY}.
 *
 * <p>Thread-safe; the objects are not.
 */
public final class JedisFailoverPool extends JedisPool {
  private static final Logger log = LoggerFactory.getLogger(JedisFailoverPool.class);

  private final Machinery machinery;
  private final JedisObjects objects;
  private final JedisLoans loans;

  /**
   * A pool of the master with Jedis' defaults.
   *
   * @param masterName name of the master group, the same in all JVMs
   * @param nodes {@code host:port} of 1 to 100 nodes; any of them may be the master
   * @param monitor how the master is found
   * @throws IllegalArgumentException naming the setting, the rule and the value
   * @throws io.github.jedisfailover.exceptions.MasterUnavailableException if no master was found
   *     within 10 s; names the nodes that were asked
   */
  public JedisFailoverPool(String masterName, Set<String> nodes, MonitorConfig monitor) {
    this(masterName, nodes, new JedisPoolConfig(), monitor);
  }

  /**
   * As {@link #JedisFailoverPool(String, Set, MonitorConfig)}.
   *
   * @param masterName name of the master group, the same in all JVMs
   * @param nodes {@code host:port} of 1 to 100 nodes; any of them may be the master
   * @param poolConfig sizes and limits, copied
   * @param monitor how the master is found
   */
  public JedisFailoverPool(
      String masterName,
      Set<String> nodes,
      GenericObjectPoolConfig<Jedis> poolConfig,
      MonitorConfig monitor) {
    this(settings(masterName, nodes, poolConfig, monitor));
  }

  /**
   * As {@link #JedisFailoverPool(String, Set, MonitorConfig)}.
   *
   * @param masterName name of the master group, the same in all JVMs
   * @param nodes {@code host:port} of 1 to 100 nodes; any of them may be the master
   * @param poolConfig sizes and limits, copied
   * @param timeout of connecting and of a reply, in milliseconds, 0 for none
   * @param user name of the ACL user, {@code null} for the default user
   * @param password its password, {@code null} for none
   * @param database index of the database
   * @param monitor how the master is found
   */
  public JedisFailoverPool(
      String masterName,
      Set<String> nodes,
      GenericObjectPoolConfig<Jedis> poolConfig,
      int timeout,
      String user,
      String password,
      int database,
      MonitorConfig monitor) {
    this(
        settings(masterName, nodes, poolConfig, monitor)
            .clientConfig(
                DefaultJedisClientConfig.builder()
                    .timeoutMillis(timeout)
                    .user(user)
                    .password(password)
                    .database(database)
                    .build()));
  }

  /**
   * As {@link #JedisFailoverPool(String, Set, MonitorConfig)}.
   *
   * @param masterName name of the master group, the same in all JVMs
   * @param nodes 1 to 100 nodes; any of them may be the master
   * @param poolConfig sizes and limits, copied
   * @param clientConfig credentials, TLS, time-outs, protocol, database
   * @param monitor how the master is found
   */
  public JedisFailoverPool(
      String masterName,
      Set<HostAndPort> nodes,
      GenericObjectPoolConfig<Jedis> poolConfig,
      JedisClientConfig clientConfig,
      MonitorConfig monitor) {
    this(
        settings(
                masterName,
                nodes.stream().map(HostAndPort::toString).collect(Collectors.toSet()),
                poolConfig,
                monitor)
            .clientConfig(clientConfig));
  }

  private JedisFailoverPool(Builder settings) {
    this(settings, new JedisObjects());
  }

  private JedisFailoverPool(Builder settings, JedisObjects objects) {
    super(settings.jedisPool, objects);
    this.objects = objects;
    try {
      machinery = settings.start();
    } catch (RuntimeException e) {
      super.close();
      throw e;
    }
    objects.open(machinery.context());
    loans = new JedisLoans(machinery.context());
  }

  private static Builder settings(
      String masterName,
      Set<String> nodes,
      GenericObjectPoolConfig<Jedis> poolConfig,
      MonitorConfig monitor) {
    return builder()
        .masterName(masterName)
        .nodes(nodes.stream().sorted().toArray(String[]::new))
        .poolConfig(poolConfig)
        .monitor(monitor);
  }

  /**
   * A builder with the defaults.
   *
   * @return the builder
   */
  public static Builder builder() {
    JedisVersion.check();
    return new Builder();
  }

  /**
   * The address of the master; also in a pool of replicas.
   *
   * @return the address, or {@code null} while there is no master
   */
  public HostAndPort getCurrentHostMaster() {
    return topology()
        .current()
        .master()
        .map(node -> new HostAndPort(node.address().host(), node.address().port()))
        .orElse(null);
  }

  /**
   * How this client is. Quick and without I/O: it tells what is known already, and may be asked as
   * often as a probe likes. Thread-safe; also once closed.
   *
   * @return the report
   */
  public HealthReport health() {
    return machinery.observation().health();
  }

  /**
   * What is known of the nodes.
   *
   * @return the view, which stays up to date
   */
  public TopologyView topology() {
    return machinery.topology();
  }

  /**
   * As {@link #getResource()}, with another limit of waiting; the object has to be given back with
   * {@link #returnResource}, since its {@code close()} does not know the pool.
   *
   * @param maxWait longest wait; negative for the call time-out
   * @return a connected object
   * @throws io.github.jedisfailover.exceptions.MasterUnavailableException if there was no master,
   *     or it could not be connected to, in time; names the group, the time and the attempts
   * @throws io.github.jedisfailover.exceptions.ReplicaUnavailableException the same for {@code
   *     ReadFrom.REPLICA}
   * @throws redis.clients.jedis.exceptions.JedisException if all objects are in use (its cause is a
   *     {@code NoSuchElementException}), the pool is closed, or the thread was interrupted, whose
   *     flag stays set
   */
  @Override
  public Jedis borrowObject(Duration maxWait) {
    return loans.borrow(maxWait, getBlockWhenExhausted(), super::borrowObject);
  }

  /**
   * Gives an object back; never throws on account of its connection.
   *
   * @param resource a borrowed object; {@code null} is ignored
   */
  @Override
  public void returnResource(Jedis resource) {
    if (resource == null) {
      return;
    }
    try {
      resource.resetState();
      objects.back(resource);
    } catch (RuntimeException e) {
      log.debug("a Jedis object is given back broken", e);
      objects.discard(resource);
    }
    giveBack(resource);
  }

  /**
   * Gives an object back whose connection is not to be used any more. Unlike Jedis' own pool it
   * connects no new one in this thread.
   *
   * @param resource a borrowed object; {@code null} is ignored
   */
  @Override
  public void returnBrokenResource(Jedis resource) {
    if (resource != null) {
      objects.discard(resource);
      giveBack(resource);
    }
  }

  /** The caller's result or failure stands. */
  private void giveBack(Jedis resource) {
    try {
      returnObject(resource);
    } catch (RuntimeException e) {
      log.warn("a Jedis object could not be given back", e);
    }
  }

  /** Ends all threads and connections; waiting callers fail at once. Later calls do nothing. */
  @Override
  public void close() {
    machinery.close();
    super.close();
  }

  /** Collects the settings and starts the pool. Not thread-safe. */
  public static final class Builder extends FailoverBuilder<Builder> {
    /** The evictor's thread is shared by the whole JVM: closing never waits for it for long. */
    private static final Duration EVICTOR_PATIENCE = Duration.ofMillis(100);

    private GenericObjectPoolConfig<Jedis> jedisPool = copyOf(new JedisPoolConfig());

    private Builder() {
      readFrom(ReadFrom.MASTER);
      warmConnections(0);
      clientConfig(DefaultJedisClientConfig.builder().build());
    }

    /**
     * How to connect: credentials, TLS, time-outs, database; default Jedis' own defaults. The
     * protocol is RESP2, since a {@code Jedis} object on a given connection reads all replies so.
     *
     * @param clientConfig Jedis' configuration
     * @return this builder
     * @throws IllegalArgumentException if it asks for RESP3
     */
    @Override
    public Builder clientConfig(JedisClientConfig clientConfig) {
      if (clientConfig.getRedisProtocol() == RedisProtocol.RESP3) {
        throw new IllegalArgumentException(
            "clientConfig's protocol must be RESP2 or not set for a pool of Jedis objects, was "
                + RedisProtocol.RESP3);
      }
      return super.clientConfig(
          clientConfig.isAutoNegotiateProtocol()
              ? DefaultJedisClientConfig.builder()
                  .from(clientConfig)
                  .serverDefaultProtocol()
                  .build()
              : clientConfig);
    }

    /**
     * Sizes and limits of the pool over all nodes, and how long {@code getResource()} waits ({@code
     * maxWait}); default {@code JedisPoolConfig}.
     *
     * @param poolConfig Commons Pool's configuration, copied
     * @return this builder
     */
    @Override
    public Builder poolConfig(GenericObjectPoolConfig<?> poolConfig) {
      jedisPool = copyOf(Objects.requireNonNull(poolConfig, "poolConfig"));
      return this;
    }

    @SuppressWarnings("unchecked") // the type stands for the objects of an eviction policy only
    private static GenericObjectPoolConfig<Jedis> copyOf(GenericObjectPoolConfig<?> config) {
      GenericObjectPoolConfig<Jedis> copy = (GenericObjectPoolConfig<Jedis>) config.clone();
      copy.setEvictorShutdownTimeout(EVICTOR_PATIENCE);
      return copy;
    }

    /**
     * Starts everything and waits for the master, at most the start timeout. If a step fails,
     * whatever was started is closed again. The builder stays as it was.
     *
     * @return the running pool
     * @throws IllegalArgumentException if settings are missing or exclude each other
     * @throws io.github.jedisfailover.exceptions.MasterUnavailableException if no master was found
     *     in time; names the nodes that were asked
     */
    public JedisFailoverPool build() {
      return new JedisFailoverPool(this);
    }
  }
}
