package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.config.RetryPolicy;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;

/**
 * Resilience4j's retry, used for what it does well: it counts the attempts and spaces them. It
 * knows no deadline and sleeps through news, so each call waits by itself.
 */
final class CallRetry {
  private static final double GROWTH = 2.0;
  private static final double JITTER = 0.5;

  private final CallContext context;
  private volatile Made made; // null until it is needed: making one takes longer than a view may

  /** Resilience4j's object for a policy; another policy takes another one. */
  private record Made(RetryPolicy policy, Retry retry) {}

  CallRetry(CallContext context) {
    this.context = context;
  }

  /** For the calls of a view: shared unless it repeats by another policy. */
  CallRetry of(CallContext view) {
    return view.retries() == context.retries() ? this : new CallRetry(view);
  }

  private Made make(RetryPolicy policy) {
    RetryConfig settings =
        RetryConfig.custom()
            .maxAttempts(policy.maxAttempts())
            .intervalFunction(
                IntervalFunction.ofExponentialRandomBackoff(
                    policy.initialBackoff(), GROWTH, JITTER, policy.maxBackoff()))
            .retryOnException(Repeatable.class::isInstance)
            .build();
    return new Made(policy, Retry.of(context.config().clientName(), settings));
  }

  /** The count of one call. */
  Attempts newCall() {
    Made now = made;
    RetryPolicy policy = context.retry();
    if (now == null || !now.policy().equals(policy)) {
      now = make(policy);
      made = now;
    }
    return new Attempts(now.retry().asyncContext());
  }

  /** Attempts of one call. Not thread-safe. */
  static final class Attempts {
    private final Retry.AsyncContext<Object> context;
    private int made;

    private Attempts(Retry.AsyncContext<Object> context) {
      this.context = context;
    }

    int made() {
      return made;
    }

    /**
     * Counts a failed attempt.
     *
     * @return how long to wait before the next in milliseconds, negative if there is none
     */
    long failed(Throwable cause) {
      made++;
      return context.onError(new Repeatable(cause));
    }
  }

  /** The one kind that Resilience4j repeats: we decided already that repeating is safe. */
  private static final class Repeatable extends Exception {
    private static final long serialVersionUID = 1L;

    Repeatable(Throwable cause) {
      super(null, cause, false, false);
    }
  }
}
