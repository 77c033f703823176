package io.github.jedisfailover.internal.lag;

/**
 * What a replica must have before it may serve a read. All of it must hold.
 *
 * @param maxLagNanos it contains all that the master had so long ago; negative: no bound
 * @param maxLagBytes it was at most so many bytes behind when last measured; negative: no bound
 * @param since whether {@code sinceNanos} counts
 * @param sinceNanos it contains all that the master had at this moment
 * @param position if not {@code null}: this instead of {@code sinceNanos} will do
 */
public record Need(
    long maxLagNanos, long maxLagBytes, boolean since, long sinceNanos, Position position) {

  /** Bounds on the lag alone. */
  public static Need within(long maxLagNanos, long maxLagBytes) {
    return new Need(maxLagNanos, maxLagBytes, false, 0, null);
  }

  /** These bounds, and all that the master had at this moment. */
  public Need since(long nanos) {
    return new Need(maxLagNanos, maxLagBytes, true, nanos, null);
  }

  /** These bounds, and this position or all that the master had at this moment. */
  public Need sinceOr(long nanos, Position wanted) {
    return new Need(maxLagNanos, maxLagBytes, true, nanos, wanted);
  }

  public boolean isNothing() {
    return maxLagNanos < 0 && maxLagBytes < 0 && !since;
  }
}
