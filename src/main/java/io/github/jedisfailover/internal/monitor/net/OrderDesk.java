package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.Order;
import io.github.jedisfailover.internal.monitor.core.OrderResult;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Orders that are given in this JVM. Their tickets are negative, those of the listener are not.
 * Thread-safe.
 */
final class OrderDesk {
  private final AtomicLong tickets = new AtomicLong();
  private final Map<Long, CompletableFuture<OrderResult>> waiting = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * Gives an order and waits for what comes of it.
   *
   * @return why it was not done; empty if it was
   */
  Optional<String> give(Order order, Consumer<CoreInput> core, Duration limit) {
    long ticket = tickets.decrementAndGet();
    CompletableFuture<OrderResult> answer = new CompletableFuture<>();
    waiting.put(ticket, answer);
    try {
      if (closed) {
        return Optional.of("ERR the monitor is closed");
      }
      core.accept(new CoreInput.Operator(ticket, order));
      OrderResult result = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return result instanceof OrderResult.Refused r ? Optional.of(r.text()) : Optional.empty();
    } catch (TimeoutException e) {
      return Optional.of("ERR no end of it within " + limit.toMillis() + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("ERR interrupted while it went on");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      waiting.remove(ticket);
    }
  }

  /** Called on the core's thread; {@code false} if the ticket is not one of these. */
  boolean answer(CoreAction.AnswerOperator answer) {
    if (answer.ticket() >= 0) {
      return false;
    }
    CompletableFuture<OrderResult> asker = waiting.get(answer.ticket());
    if (asker != null) {
      asker.complete(answer.result());
    }
    return true;
  }

  void close() {
    closed = true;
    OrderResult end = new OrderResult.Refused("ERR the monitor was closed while it went on");
    waiting.values().forEach(asker -> asker.complete(end));
  }
}
