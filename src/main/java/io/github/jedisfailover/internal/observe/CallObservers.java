package io.github.jedisfailover.internal.observe;

import io.github.jedisfailover.metrics.CallObserver;

/** Two observers as one. */
final class CallObservers {
  private CallObservers() {}

  static CallObserver both(CallObserver first, CallObserver second) {
    if (first == CallObserver.NONE) {
      return second;
    }
    if (second == CallObserver.NONE) {
      return first;
    }
    return (client, database, operation, batchSize) -> {
      CallObserver.Call one = first.begin(client, database, operation, batchSize);
      CallObserver.Call two = second.begin(client, database, operation, batchSize);
      return result -> {
        one.ended(result);
        two.ended(result);
      };
    };
  }
}
