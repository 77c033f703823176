package io.github.jedisfailover;

import io.github.jedisfailover.config.OnSwitch;
import io.github.jedisfailover.config.PromoteOption;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologyView;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractTransaction;
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
 * <p><b>Pipelines</b> follow the same rules, command by command and without breaking their order:
 * see {@link FailoverPipeline}. <b>Transactions</b> stay on one master: {@link #transaction} and
 * {@link #transact}. <b>Scripts</b> that this client has loaded or evaluated are known on every
 * node: where {@code EVALSHA} finds a node without the script, a promoted one say, its text is
 * sent.
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
   * A pipeline that is sent at its {@code sync()}, or earlier once it holds {@value
   * FailoverPipeline#DEFAULT_MAX_BUFFERED} commands.
   *
   * @return the pipeline, to be closed
   */
  @Override
  public FailoverPipeline pipelined() {
    return pipelined(FailoverPipeline.DEFAULT_MAX_BUFFERED);
  }

  /**
   * As {@link #pipelined()} with another bound. Each part that is sent early is a batch of its own;
   * a later one is not sent if an earlier one failed.
   *
   * @param maxBuffered how many commands are kept at most, 1 to 1,000,000
   * @return the pipeline, to be closed
   * @throws IllegalArgumentException if out of range
   */
  public FailoverPipeline pipelined(int maxBuffered) {
    return new FailoverPipeline(commandObjects, machinery.batches(), maxBuffered);
  }

  /**
   * A transaction on one connection of the current master, held until it is closed. A connection
   * that breaks, or a node that is no master any more, ends it: {@code NotAppliedException} if its
   * {@code EXEC} was not sent or refused, {@code OutcomeUnknownException} if it was sent and no
   * reply came. It is never continued on another master; {@link #transact} begins again by itself.
   * For the rest as in Jedis: {@code exec()} answers {@code null} if a watched key was changed.
   *
   * @param doMulti whether {@code MULTI} comes first; without it commands run at once until {@code
   *     multi()} is called, after {@code watch()} say
   * @return the transaction, to be closed
   * @throws io.github.jedisfailover.exceptions.MasterUnavailableException if there is no master
   *     within the call's deadline
   */
  @Override
  public AbstractTransaction transaction(boolean doMulti) {
    return machinery.transactions().open(commandObjects, doMulti);
  }

  /**
   * Runs a transaction that is given as a function, and runs the function again where that is safe.
   *
   * <pre>{@code
   * // no keys to watch: MULTI is sent before, EXEC after the function
   * long stock = redis.transact(t -> {
   *   t.lpush("orders", "17");
   *   return t.decr("stock");                            // read after EXEC
   * });
   *
   * // optimistic: reads see the watched keys, then multi()
   * redis.transact(t -> {
   *   int next = Integer.parseInt(t.get("n").get()) * 2;  // runs at once
   *   t.multi();
   *   return t.set("n", "" + next);
   * }, "n");
   * }</pre>
   *
   * <p>The function is called again, on the master of that moment, if the connection broke before
   * {@code EXEC} was sent, if the node is no master any more, or if a watched key was changed by
   * somebody else: until {@code callTimeout} or the retry policy's {@code maxAttempts}. It must
   * therefore have no effects but those of the transaction. It is not called again after a command
   * that writes before {@code multi()}. What it throws discards the transaction and is passed on.
   *
   * @param body queues the commands; what it returns is asked for the result after {@code EXEC}; a
   *     {@code Response} is such a supplier, {@code null} stands for no result
   * @param watched keys to watch; if there are any, the function calls {@code multi()} itself, or
   *     leaves it out to execute nothing
   * @param <T> the result
   * @return the result
   * @throws io.github.jedisfailover.exceptions.NotAppliedException if time or attempts ran out
   * @throws io.github.jedisfailover.exceptions.MasterUnavailableException if there is no master in
   *     time; nothing was applied
   * @throws io.github.jedisfailover.exceptions.OutcomeUnknownException if {@code EXEC} was sent and
   *     no reply came
   */
  public <T> T transact(
      Function<? super AbstractTransaction, ? extends Supplier<T>> body, String... watched) {
    return machinery.transactions().repeat(commandObjects, body, watched);
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
   * This client with another read policy, for one call or for many: {@code
   * client.reading(ReadFrom.MASTER).get(key)}. Cheap to make, shares the pools, needs no closing;
   * closing it closes nothing. Its pipelines, transactions and subscriptions use the master.
   *
   * @param policy which nodes serve its reads
   * @return the view; thread-safe
   */
  public UnifiedJedis reading(ReadFrom policy) {
    return new ReadingView(machinery, Objects.requireNonNull(policy, "policy"));
  }

  /**
   * A session whose reads see its own writes, with this client's read policy.
   *
   * @return a new session that has nothing to see yet
   */
  public FailoverSession session() {
    return session(SessionToken.NONE);
  }

  /**
   * A session that also sees what the session saw that made the token.
   *
   * @param token of a session of any client of this group
   * @return a new session
   */
  public FailoverSession session(SessionToken token) {
    Objects.requireNonNull(token, "token");
    return new FailoverSession(
        machinery, machinery.readFrom(), FailoverSession.begin(machinery, token));
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
   *     this client is an observer of Redis Sentinels, which take no target: use {@link
   *     #switchover()}
   * @throws UnsupportedOperationException if this client follows a source of the application's own
   */
  public void switchover(NodeAddress target) {
    machinery.switchover(Optional.of(target));
  }

  /**
   * As {@link #switchover(NodeAddress)}, to the best replica. An observer of Redis Sentinels asks
   * the first that answers for {@code SENTINEL FAILOVER}: that needs no majority and may lose
   * writes.
   *
   * @throws io.github.jedisfailover.exceptions.SwitchoverFailedException with the monitor's reason
   * @throws UnsupportedOperationException if this client follows a source of the application's own
   */
  public void switchover() {
    machinery.switchover(Optional.empty());
  }

  /**
   * What can be changed while this client runs.
   *
   * @return the settings in force
   */
  public FailoverSettings settings() {
    return machinery.settings();
  }

  /**
   * Makes this replica the master by hand, where nobody monitors the nodes ({@code staticNodes()}).
   * Checks first that it is a replica of the group with the same data history as the master. If the
   * master is down: that no other replica has a connection to it still, and that no replica that
   * answers has more of the replication stream. If it lives: its writes wait, at most 1.5 s, until
   * the target has all of them, and it becomes a replica; nothing is lost. Then {@code REPLICAOF NO
   * ONE}, and the other nodes follow the target, those that do not answer now when they do. Other
   * clients of the group follow by themselves.
   *
   * <p>Blocks for about a second per node that is silent. One promotion at a time: two operators
   * that promote different replicas at once make two masters. Thread-safe.
   *
   * @param target one of the nodes, a replica
   * @param options what the caller takes on itself; none by default
   * @throws io.github.jedisfailover.exceptions.SwitchoverFailedException with the reason: {@code
   *     INPROG}, {@code NOGOODSLAVE} (the target is no replica that may be promoted), {@code
   *     ABORTED} or {@code ERR}; the master is then the same as before
   * @throws UnsupportedOperationException without {@code staticNodes()}
   */
  public void promote(NodeAddress target, PromoteOption... options) {
    machinery.promote(target, Set.copyOf(Arrays.asList(options)));
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
