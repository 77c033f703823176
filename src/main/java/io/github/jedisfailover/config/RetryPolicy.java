package io.github.jedisfailover.config;

import java.time.Duration;

/**
 * How a command is repeated that was certainly not applied, or that only reads. Whatever is set
 * here, all attempts of one call end at {@link FailoverConfig#callTimeout()}.
 *
 * @param maxAttempts attempts of one call including the first, 1 to 10,000; default 1,000, so that
 *     normally the call's deadline decides
 * @param initialBackoff wait before the first repeat, 1 ms to 10 s; default 5 ms. Any news of the
 *     topology ends a wait at once
 * @param maxBackoff longest wait between two attempts, {@code initialBackoff} to 10 s; default 200
 *     ms. The wait doubles each time, with jitter
 * @param repeatIdempotentWrites whether a write with an unknown outcome is repeated if its name and
 *     arguments make it idempotent (such as {@code SET k v} or {@code DEL k}); default {@code
 *     false}. A late repeat can still overwrite a newer value of another client
 */
public record RetryPolicy(
    int maxAttempts, Duration initialBackoff, Duration maxBackoff, boolean repeatIdempotentWrites) {
  /** The defaults. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(1_000, Duration.ofMillis(5), Duration.ofMillis(200), false);

  /**
   * Checks the values.
   *
   * @param maxAttempts attempts of one call including the first
   * @param initialBackoff wait before the first repeat
   * @param maxBackoff longest wait between two attempts
   * @param repeatIdempotentWrites whether idempotent writes with an unknown outcome are repeated
   * @throws IllegalArgumentException naming the setting, the rule and the value
   */
  public RetryPolicy {
    Checks.between("maxAttempts", maxAttempts, 1, 10_000);
    Checks.between("initialBackoff", initialBackoff, Duration.ofMillis(1), Duration.ofSeconds(10));
    Checks.between("maxBackoff", maxBackoff, initialBackoff, Duration.ofSeconds(10));
  }

  /**
   * The same policy with another number of attempts.
   *
   * @param attempts attempts including the first, 1 to 10,000
   * @return a copy
   */
  public RetryPolicy withMaxAttempts(int attempts) {
    return new RetryPolicy(attempts, initialBackoff, maxBackoff, repeatIdempotentWrites);
  }

  /**
   * The same policy that also repeats idempotent writes with an unknown outcome.
   *
   * @return a copy
   */
  public RetryPolicy repeatingIdempotentWrites() {
    return new RetryPolicy(maxAttempts, initialBackoff, maxBackoff, true);
  }
}
