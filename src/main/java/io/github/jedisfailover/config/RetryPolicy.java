package io.github.jedisfailover.config;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a command is repeated that was certainly not applied, or that only reads. Whatever is set
 * here, all attempts of one call end at {@link FailoverConfig#callTimeout()}. Of a client, or by
 * {@code client.retrying(policy)} of some calls alone.
 *
 * @param maxAttempts attempts of one call including the first, 1 to 10,000; default 1,000, so that
 *     normally the call's deadline decides
 * @param initialBackoff wait before the first repeat, 1 ms to 10 s; default 5 ms. Any news of the
 *     topology ends a wait at once
 * @param maxBackoff longest wait between two attempts, {@code initialBackoff} to 10 s; default 200
 *     ms. The wait doubles each time, with jitter
 * @param repeats the kinds that are repeated although they were sent and their outcome is unknown;
 *     default {@link SideEffect#READ} alone, which cannot be taken out. {@link SideEffect#NEVER}
 *     cannot be put in
 */
public record RetryPolicy(
    int maxAttempts, Duration initialBackoff, Duration maxBackoff, Set<SideEffect> repeats) {
  /** The defaults. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(1_000, Duration.ofMillis(5), Duration.ofMillis(200), Set.of());

  /**
   * Checks the values.
   *
   * @param maxAttempts attempts of one call including the first
   * @param initialBackoff wait before the first repeat
   * @param maxBackoff longest wait between two attempts
   * @param repeats kinds with an unknown outcome that are repeated
   * @throws IllegalArgumentException naming the setting, the rule and the value
   */
  public RetryPolicy {
    Checks.between("maxAttempts", maxAttempts, 1, 10_000);
    Checks.between("initialBackoff", initialBackoff, Duration.ofMillis(1), Duration.ofSeconds(10));
    Checks.between("maxBackoff", maxBackoff, initialBackoff, Duration.ofSeconds(10));
    if (repeats.contains(SideEffect.NEVER)) {
      throw new IllegalArgumentException(
          "repeats must not contain NEVER: such commands are not repeated, was " + repeats);
    }
    EnumSet<SideEffect> kinds = EnumSet.of(SideEffect.READ);
    kinds.addAll(repeats);
    repeats = Collections.unmodifiableSet(kinds);
  }

  /**
   * The same policy with another number of attempts.
   *
   * @param attempts attempts including the first, 1 to 10,000
   * @return a copy
   */
  public RetryPolicy withMaxAttempts(int attempts) {
    return new RetryPolicy(attempts, initialBackoff, maxBackoff, repeats);
  }

  /**
   * The same policy that repeats these kinds, and no others but reads, when the outcome is unknown.
   *
   * @param kinds what may run twice
   * @return a copy
   * @throws IllegalArgumentException if {@link SideEffect#NEVER} is among them
   */
  public RetryPolicy repeating(SideEffect... kinds) {
    return new RetryPolicy(maxAttempts, initialBackoff, maxBackoff, Set.of(kinds));
  }

  /**
   * The same policy that also repeats {@link SideEffect#LAST_WRITE_WINS} when the outcome is
   * unknown.
   *
   * @return a copy
   */
  public RetryPolicy repeatingIdempotentWrites() {
    return repeating(SideEffect.LAST_WRITE_WINS);
  }
}
