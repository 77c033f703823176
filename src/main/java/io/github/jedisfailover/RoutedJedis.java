package io.github.jedisfailover;

import io.github.jedisfailover.config.OnSwitch;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.config.RetryPolicy;
import io.github.jedisfailover.internal.execution.View;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.providers.ConnectionProvider;

/** What a client and its views have in common: pipelines, transactions, iterations and views. */
abstract class RoutedJedis extends CommonJedis {
  final Machinery machinery;
  private final View view;

  RoutedJedis(Machinery machinery, View view, ConnectionProvider provider) {
    super(view.context(), view.executor(), provider, machinery.clientConfig());
    this.machinery = machinery;
    this.view = view;
  }

  /** The read policy of its own, {@code null} for the client's. */
  ReadFrom reads() {
    return null;
  }

  /** The retry policy of its own, {@code null} for the client's. */
  RetryPolicy repeats() {
    return null;
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
    return new FailoverPipeline(commandObjects, view.batches(), maxBuffered);
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
    return view.transactions().open(commandObjects, doMulti);
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
    return view.transactions().repeat(commandObjects, body, watched);
  }

  /**
   * This client, or view, with another read policy, for one call or for many: {@code
   * client.reading(ReadFrom.MASTER).get(key)}.
   *
   * @param policy which nodes serve its reads
   * @return the view; thread-safe
   */
  public FailoverView reading(ReadFrom policy) {
    return alike(new FailoverView(machinery, Objects.requireNonNull(policy, "policy"), repeats()));
  }

  /**
   * This client, or view, with another retry policy, for one call or for many: {@code
   * client.retrying(RetryPolicy.DEFAULT.repeating(SideEffect.ACCUMULATES)).incr(key)} counts at
   * least once.
   *
   * @param policy how its calls, pipelines and {@link #transact} are repeated
   * @return the view; thread-safe
   */
  public FailoverView retrying(RetryPolicy policy) {
    return alike(new FailoverView(machinery, reads(), Objects.requireNonNull(policy, "policy")));
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
    return new ScanIteration(view.connections().iterating(onSwitch), batchCount, match);
  }
}
