package io.github.jedisfailover;

import io.github.jedisfailover.config.PromoteOption;
import io.github.jedisfailover.health.HealthReport;
import io.github.jedisfailover.internal.jedis.JedisVersion;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologyView;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

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
 * <p><b>Subscriptions</b> go on at the next node; see {@link
 * #subscribe(redis.clients.jedis.JedisPubSub, String...)}. <b>Commands that wait</b>, such as
 * {@code BLPOP}, wait on at the next master for the time that is left, unless they may have taken
 * something: then as for any write with an unknown outcome. A <b>cursor or iteration</b> is never
 * continued on another server: {@code CursorLostException}. Each waiting call and each subscription
 * holds a connection of the pool.
 *
 * <p>Client-side caching is not offered, {@link #getCache()} is {@code null}: connections of an old
 * master, or a replica that lags, could fill a cache that was flushed. Thread-safe; friendly to
 * virtual threads.
 */
public final class RedisFailoverClient extends RoutedJedis {
  RedisFailoverClient(Machinery machinery) {
    super(machinery, machinery.own(), machinery.provider());
  }

  /**
   * A builder with the defaults.
   *
   * @return the builder
   * @throws io.github.jedisfailover.exceptions.UnsupportedJedisException if the Jedis on the class
   *     path is older than 8.0
   */
  public static Builder builder() {
    JedisVersion.check();
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
   * How this client is. Quick and without I/O: it tells what is known already, and may be asked as
   * often as a probe likes. Thread-safe; also once closed.
   *
   * @return the report
   */
  public HealthReport health() {
    return machinery.observation().health();
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
    return alike(
        new FailoverSession(
            machinery, machinery.readFrom(), FailoverSession.begin(machinery, token)));
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
    machinery.handover().switchover(Optional.of(target));
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
    machinery.handover().switchover(Optional.empty());
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
    machinery.handover().promote(target, Set.copyOf(Arrays.asList(options)));
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
