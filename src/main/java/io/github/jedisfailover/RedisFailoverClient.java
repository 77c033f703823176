package io.github.jedisfailover;

import io.github.jedisfailover.config.OnSwitch;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologyView;
import java.util.Optional;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.JedisShardedPubSub;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.csc.Cache;

/**
 * A Jedis client that survives the death of its master: writes go to the master, reads to replicas,
 * and a failover needs no code in the application.
 *
 * <pre>{@code
 * try (RedisFailoverClient redis = RedisFailoverClient.builder()
 *     .nodes("10.0.0.1:6379", "10.0.0.2:6379", "10.0.0.3:6379") // any may be the master
 *     .masterName("orders")
 *     .readFrom(ReadFrom.REPLICA_PREFERRED)
 *     .callTimeout(Duration.ofSeconds(5))
 *     .monitor(MonitorConfig.builder()
 *         .voters("10.0.1.1:26379", "10.0.1.2:26379", "10.0.1.3:26379")
 *         .listen("10.0.1.1:26379") // this JVM's own vote; leave out to observe only
 *         .build())
 *     .build()) {
 *   redis.set("order:1", "paid");          // the master
 *   String state = redis.get("order:1");   // a replica: may lag behind
 * }
 * }</pre>
 *
 * <p><b>What happens to a call.</b>
 *
 * <ul>
 *   <li>Not sent, or refused by a node that is no master (any more) or still loading: repeated
 *       until {@code callTimeout}, then {@code MasterUnavailableException}. Certainly not applied.
 *   <li>A read that fails is repeated on the next node; {@code ReplicaUnavailableException} when
 *       none that the policy allows answers in time.
 *   <li>A write that was sent and got no reply is not repeated: {@code OutcomeUnknownException}. It
 *       may have been applied. {@code RetryPolicy.repeating(..)} opts in to repeats by side effect;
 *       see {@link io.github.jedisfailover.config.SideEffect}.
 *   <li>Any other reply of the server, errors included, goes to the caller as it is.
 * </ul>
 *
 * <p><b>What can be lost.</b> Redis replicates asynchronously: a write that was acknowledged just
 * before its master died is gone if it had not reached the replica that was promoted.
 *
 * <p><b>Pipelines and transactions</b> hold a connection of the master. At a switch it is cut: they
 * fail with a {@code JedisConnectionException}, are never continued on another node, and the caller
 * starts again. What a pipeline or an {@code EXEC} had sent before may have been applied.
 *
 * <p><b>Subscriptions</b> go on at the next node; see {@link #subscribe(JedisPubSub, String...)}.
 * <b>Commands that wait</b>, such as {@code BLPOP}, wait on at the next master for the time that is
 * left, unless they may have taken something: then as for any write with an unknown outcome. A
 * <b>cursor or iteration</b> is never continued on another server: {@code CursorLostException}.
 * Each waiting call and each subscription holds a connection of the pool.
 *
 * <p>Client-side caching is not offered, {@link #getCache()} is {@code null}: connections of an old
 * master, or a replica that lags, could fill a cache that was flushed. Thread-safe; friendly to
 * virtual threads.
 */
public final class RedisFailoverClient extends UnifiedJedis {
  private final Machinery machinery;

  private RedisFailoverClient(Machinery machinery) {
    super(machinery.executor(), machinery.provider(), machinery.clientConfig(), (Cache) null);
    this.machinery = machinery;
  }

  /**
   * A builder with the defaults.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
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
   * Makes this replica the master, without losing a write: the master's writes wait, at most 1.5 s
   * and three quarters of {@code downAfter}, until the replica has all of them; then the two change
   * roles. Calls of this client that wait meanwhile go to the new master; a script that writes may
   * end as {@code OutcomeUnknownException}. If the replica does not catch up in time nothing is
   * changed and the old master takes writes again.
   *
   * <p>Needs a healthy master of Redis 6.2 or later whose user may run {@code CLIENT PAUSE}, and a
   * majority of the voters. Blocks for at most 30 s. Thread-safe.
   *
   * @param target a replica of this group
   * @throws io.github.jedisfailover.exceptions.SwitchoverFailedException with the monitor's reason:
   *     {@code INPROG} (a failover is under way), {@code NOGOODSLAVE} (the target is no replica
   *     that may be promoted), {@code ABORTED}, or {@code ERR}, also when the time ran out; also if
   *     this client is an observer, since voters take no target: use {@link #switchover()}
   * @throws UnsupportedOperationException if this client follows a source of the application's own
   */
  public void switchover(NodeAddress target) {
    machinery.switchover(Optional.of(target));
  }

  /**
   * As {@link #switchover(NodeAddress)}, to the best replica. An observer asks the first voter that
   * answers with {@code SENTINEL FAILOVER}: that needs no majority and, if the master cannot pause
   * its writes, goes on without, as Redis Sentinel does.
   *
   * @throws io.github.jedisfailover.exceptions.SwitchoverFailedException with the monitor's reason
   * @throws UnsupportedOperationException if this client follows a source of the application's own
   */
  public void switchover() {
    machinery.switchover(Optional.empty());
  }

  /**
   * Subscribes and stays subscribed, through switches and broken connections, until the listener
   * unsubscribes from everything or this client is closed; then it returns. Channels that the
   * listener adds later are kept too. After an interruption {@code onSubscribe} is called anew, and
   * {@code onGap} if the listener is a {@link io.github.jedisfailover.event.GapListener}. Redis
   * keeps no messages: what is published in between is not delivered.
   *
   * <p>Holds a connection of the pool while it lasts.
   *
   * @param listener called in this thread
   * @param channels at least one
   * @throws io.github.jedisfailover.exceptions.MasterUnavailableException if no master was found at
   *     the start; once subscribed it goes on looking
   * @throws redis.clients.jedis.exceptions.JedisDataException if the server refuses the
   *     subscription, at any time
   */
  @Override
  public void subscribe(JedisPubSub listener, String... channels) {
    try (Connection subscription = machinery.subscription(listener)) {
      listener.proceed(subscription, channels);
    }
  }

  /** As {@link #subscribe(JedisPubSub, String...)}. */
  @Override
  public void psubscribe(JedisPubSub listener, String... patterns) {
    try (Connection subscription = machinery.subscription(listener)) {
      listener.proceedWithPatterns(subscription, patterns);
    }
  }

  /** As {@link #subscribe(JedisPubSub, String...)}. */
  @Override
  public void subscribe(BinaryJedisPubSub listener, byte[]... channels) {
    try (Connection subscription = machinery.subscription(listener)) {
      listener.proceed(subscription, channels);
    }
  }

  /** As {@link #subscribe(JedisPubSub, String...)}. */
  @Override
  public void psubscribe(BinaryJedisPubSub listener, byte[]... patterns) {
    try (Connection subscription = machinery.subscription(listener)) {
      listener.proceedWithPatterns(subscription, patterns);
    }
  }

  /**
   * As {@link #subscribe(JedisPubSub, String...)}, to shard channels, for what is sent with {@code
   * SPUBLISH}. Needs Redis 7.0.
   *
   * @param listener called in this thread
   * @param channels at least one
   */
  public void ssubscribe(JedisShardedPubSub listener, String... channels) {
    try (Connection subscription = machinery.subscription(listener)) {
      listener.proceed(subscription, channels);
    }
  }

  /**
   * As {@link #scanIteration(int, String)}, with a choice of what happens when the node of the
   * iteration is left before the end.
   *
   * @param batchCount {@code COUNT} of each step
   * @param match pattern of the keys
   * @param onSwitch end with an exception, or begin again on another node
   * @return the iteration, for one thread
   */
  public ScanIteration scanIteration(int batchCount, String match, OnSwitch onSwitch) {
    return new ScanIteration(machinery.provider().iterating(onSwitch), batchCount, match);
  }

  /** Ends all threads and connections; waiting callers fail at once. Later calls do nothing. */
  @Override
  public void close() {
    machinery.close();
  }

  /** Collects the settings and starts the client. Not thread-safe. */
  public static final class Builder extends FailoverBuilder<Builder> {
    private Builder() {}

    /**
     * Starts everything and waits for the master, at most the start timeout. If a step fails,
     * whatever was started is closed again. The builder stays as it was.
     *
     * @return the running client
     * @throws IllegalArgumentException if settings are missing or exclude each other
     * @throws io.github.jedisfailover.exceptions.MasterUnavailableException if no master was found
     *     in time; names the nodes that were asked
     */
    public RedisFailoverClient build() {
      return new RedisFailoverClient(start());
    }
  }
}
