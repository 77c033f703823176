package io.github.jedisfailover;

import io.github.jedisfailover.internal.execution.BatchExecutor;
import io.github.jedisfailover.internal.execution.QueuedCommand;
import io.github.jedisfailover.internal.routing.CommandIntent;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A pipeline that survives the death of its master. Commands are kept in this object until {@link
 * #sync()} sends them in one go: to a node that the read policy allows if all of them only read,
 * else to the master. Once it has written, all that follows goes to the master, so its reads see
 * its own writes. It holds no connection between two batches.
 *
 * <p><b>When the node fails in the middle</b>, each command is settled for itself:
 *
 * <ul>
 *   <li>A reply that came stays.
 *   <li>From the first command without a reply on, the rest is sent again to the next node within
 *       {@code callTimeout} if nothing in it can have been applied: it was not sent, or refused by
 *       a node that is no master any more, or only reads. The order is kept.
 *   <li>A write that was sent and got no reply is not repeated: its {@link Response#get()} throws
 *       {@code OutcomeUnknownException}. Neither is anything behind it, since it must not be
 *       applied if that one was not: what was sent too ends the same way, the rest with {@code
 *       NotAppliedException}.
 *   <li>With {@code RetryPolicy.repeatingIdempotentWrites()} the rest is repeated if all its writes
 *       that may have been applied, and those before them, are idempotent. Reads between such
 *       writes are not: they might see what stands behind them. They end with {@code
 *       OutcomeUnknownException} too.
 * </ul>
 *
 * <p>If a command ends without an answer of a node, {@link #sync()}, {@link #syncAndReturnAll()}
 * and {@link #close()} throw after all responses are settled: {@code OutcomeUnknownException} if
 * some outcome is unknown, else {@code NotAppliedException}, {@code MasterUnavailableException} or
 * {@code ReplicaUnavailableException}. Errors that the server answered are no failures; they are
 * thrown by {@link Response#get()} alone, as in Jedis.
 *
 * <p>A pipeline is not atomic: commands of others may run between its own. {@code himportSet} is
 * not supported ({@code UnsupportedOperationException}), and a command that waits is cut by the
 * socket timeout with its whole batch: both belong on the client. Not thread-safe.
 */
public final class FailoverPipeline extends AbstractPipeline {
  /** How many commands are kept before they are sent, unless set: {@value}. */
  public static final int DEFAULT_MAX_BUFFERED = 10_000;

  private final BatchExecutor batches;
  private final int maxBuffered;
  private final List<QueuedCommand<?>> sinceSync = new ArrayList<>();
  private int done;
  private boolean wrote;
  private boolean closed;

  FailoverPipeline(CommandObjects commands, BatchExecutor batches, int maxBuffered) {
    super(commands);
    if (maxBuffered < 1 || maxBuffered > 1_000_000) {
      throw new IllegalArgumentException("maxBuffered must be 1..1000000, was " + maxBuffered);
    }
    this.batches = batches;
    this.maxBuffered = maxBuffered;
  }

  @Override
  protected <T> Response<T> appendCommand(CommandObject<T> command) {
    if (closed) {
      throw new IllegalStateException("the pipeline is closed");
    }
    QueuedCommand<T> queued = batches.queue(command);
    wrote |= !queued.reads();
    sinceSync.add(queued);
    if (sinceSync.size() - done >= maxBuffered) {
      send();
    }
    return queued;
  }

  /**
   * Sends what is kept and waits for all replies. Does nothing if there is nothing.
   *
   * @throws redis.clients.jedis.exceptions.JedisConnectionException if not all were answered, see
   *     the class
   */
  @Override
  public void sync() {
    try {
      send();
    } finally {
      sinceSync.clear();
      done = 0;
    }
  }

  /**
   * As {@link #sync()}.
   *
   * @return all replies since the last call in order, errors of the server among them
   * @throws redis.clients.jedis.exceptions.JedisConnectionException if not all were answered; ask
   *     the responses for those that were
   */
  public List<Object> syncAndReturnAll() {
    List<QueuedCommand<?>> all = List.copyOf(sinceSync);
    sync();
    List<Object> replies = new ArrayList<>(all.size());
    for (Response<?> response : all) {
      try {
        replies.add(response.get());
      } catch (JedisDataException e) {
        replies.add(e);
      }
    }
    return replies;
  }

  /**
   * Whether there are commands whose replies {@link #sync()} would wait for.
   *
   * @return {@code false} right after it
   */
  public boolean hasPipelinedResponse() {
    return !sinceSync.isEmpty();
  }

  private void send() {
    List<QueuedCommand<?>> batch = sinceSync.subList(done, sinceSync.size());
    if (batch.isEmpty()) {
      return;
    }
    try {
      batches.run(batch, wrote ? CommandIntent.MASTER_ONLY : CommandIntent.ANY_NODE);
      done = sinceSync.size();
    } catch (RuntimeException e) {
      sinceSync.clear(); // their responses tell; nothing is sent twice
      done = 0;
      throw e;
    }
  }

  /** Sends what is kept, as {@link #sync()} does. Later calls do nothing. */
  @Override
  public void close() {
    closed = true;
    sync();
  }
}
