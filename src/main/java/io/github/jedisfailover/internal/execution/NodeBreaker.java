package io.github.jedisfailover.internal.execution;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Keeps reads away from a sick replica: the first failure closes it off for a second, then one call
 * at a time may try. A frozen node thus costs one caller a time-out now and then, not every caller.
 *
 * <p>While the node is well the Resilience4j breaker is not asked at all: its book-keeping
 * allocates on each call.
 */
final class NodeBreaker {
  private static final CircuitBreakerConfig CONFIG =
      CircuitBreakerConfig.custom()
          .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
          .slidingWindowSize(4)
          .minimumNumberOfCalls(1)
          .failureRateThreshold(50)
          .waitDurationInOpenState(Duration.ofSeconds(1))
          .permittedNumberOfCallsInHalfOpenState(1)
          .build();

  private final CircuitBreaker breaker;
  private volatile boolean watched;

  NodeBreaker(String name) {
    breaker = CircuitBreaker.of(name, CONFIG);
  }

  boolean admits() {
    return !watched || breaker.tryAcquirePermission();
  }

  void answered() {
    if (watched) {
      breaker.onSuccess(0, TimeUnit.NANOSECONDS);
      if (breaker.getState() == State.CLOSED) {
        watched = false;
      }
    }
  }

  void failed(Throwable failure) {
    watched = true;
    breaker.onError(0, TimeUnit.NANOSECONDS, failure);
  }
}
