package io.github.jedisfailover;

import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.config.RetryPolicy;
import io.github.jedisfailover.internal.execution.View;

/**
 * A client with another read or retry policy, for one call or for many; made by {@code
 * client.reading(policy)} and {@code client.retrying(policy)}, which can follow each other. For the
 * rest it does what the client does: its pipelines, transactions, subscriptions and iterations
 * survive a failover in the same way, by its own policies. What it has no policy of its own for
 * follows the client's, also when that is changed while it runs.
 *
 * <p>Cheap to make: shares the pools, has no thread and no connection, needs no closing and closes
 * nothing. Takes the client's key prefix, JSON mapper and search dialect as they are when it is
 * made. Thread-safe.
 */
public final class FailoverView extends RoutedJedis {
  private final ReadFrom reads;
  private final RetryPolicy repeats;

  /**
   * @param reads {@code null} for the client's
   * @param repeats {@code null} for the client's
   */
  FailoverView(Machinery machinery, ReadFrom reads, RetryPolicy repeats) {
    this(machinery, reads, repeats, machinery.views().of(reads, repeats));
  }

  private FailoverView(Machinery machinery, ReadFrom reads, RetryPolicy repeats, View view) {
    super(machinery, view, view.connections());
    this.reads = reads;
    this.repeats = repeats;
  }

  @Override
  ReadFrom reads() {
    return reads;
  }

  @Override
  RetryPolicy repeats() {
    return repeats;
  }

  /** Closes nothing: the client does. */
  @Override
  public void close() {}
}
