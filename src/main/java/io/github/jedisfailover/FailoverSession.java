package io.github.jedisfailover;

import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.internal.execution.SessionState;
import io.github.jedisfailover.internal.lag.Position;
import java.util.Optional;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.providers.ConnectionProvider;

/**
 * A view of a client whose reads see its own writes. Made by {@link RedisFailoverClient#session()};
 * shares the client's pools.
 *
 * <p>A replica serves a read of the session only once it is proven to hold the session's last
 * write; until then, and if none does, the master serves it, whatever the policy. Every command
 * that goes to the master counts as a write, and so does what was sent on a transaction of this
 * session, until it is closed and from then on. Its pipelines go to the master, since the proof is
 * one of single reads; what they wrote is seen from their {@code sync()} on. Pipelines and
 * transactions behave at a failover as the client's.
 *
 * <p>What is not promised: to see writes of others, except by their {@link #token()}; and writes
 * that were acknowledged and then lost in a failover, because they had reached no replica that was
 * promoted: after it the session sees what the new master has.
 *
 * <p>Thread-safe; threads that share a session see each other's writes. For a session per thread
 * use {@code ThreadLocal.withInitial(client::session)}. Closing is not needed and closes nothing.
 */
public final class FailoverSession extends CommonJedis {
  private final Machinery machinery;
  private final SessionState state;
  private final ConnectionProvider connections;

  FailoverSession(Machinery machinery, ReadFrom policy, SessionState state) {
    this(machinery, policy, state, machinery.views().connections(state));
  }

  private FailoverSession(
      Machinery machinery, ReadFrom policy, SessionState state, ConnectionProvider connections) {
    super(
        machinery.context(),
        machinery.views().reading(policy, state),
        connections,
        machinery.clientConfig());
    this.machinery = machinery;
    this.state = state;
    this.connections = connections;
  }

  /**
   * A pipeline on the master, as {@link RedisFailoverClient#pipelined()} for the rest.
   *
   * @return the pipeline, to be closed
   */
  @Override
  public FailoverPipeline pipelined() {
    return pipelined(FailoverPipeline.DEFAULT_MAX_BUFFERED);
  }

  /**
   * As {@link #pipelined()} with another bound.
   *
   * @param maxBuffered how many commands are kept at most, 1 to 1,000,000
   * @return the pipeline, to be closed
   * @throws IllegalArgumentException if out of range
   */
  public FailoverPipeline pipelined(int maxBuffered) {
    return new FailoverPipeline(commandObjects, machinery.views().batches(state), maxBuffered);
  }

  /** As {@link RedisFailoverClient#transaction(boolean)}. */
  @Override
  public AbstractTransaction transaction(boolean doMulti) {
    return machinery
        .own()
        .transactions()
        .open(commandObjects, doMulti, connections.getConnection());
  }

  /**
   * How far this session has come, for a session of another client of the same group. If it has
   * written, asks the master once; sync pipelines and close transactions first, or what they sent
   * may be missing.
   *
   * @return the token; {@link SessionToken#NONE} if it has nothing to see
   * @throws io.github.jedisfailover.exceptions.MasterUnavailableException if no master is known
   *     within the call timeout
   */
  public SessionToken token() {
    return machinery
        .views()
        .position(state)
        .map(p -> new SessionToken(p.history(), p.offset()))
        .orElse(SessionToken.NONE);
  }

  /**
   * The same session under another policy.
   *
   * @param policy which nodes serve its reads
   * @return a view that shares what this session has seen
   */
  public FailoverSession reading(ReadFrom policy) {
    return alike(new FailoverSession(machinery, policy, state));
  }

  static SessionState begin(Machinery machinery, SessionToken token) {
    Optional<Position> position =
        token.equals(SessionToken.NONE)
            ? Optional.empty()
            : Optional.of(new Position(token.replicationId(), token.offset()));
    return machinery.views().session(position);
  }

  /** Closes nothing: the client does. */
  @Override
  public void close() {}
}
