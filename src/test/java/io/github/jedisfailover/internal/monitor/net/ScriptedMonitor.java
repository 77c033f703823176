package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.internal.monitor.core.MonitorCore;
import io.github.jedisfailover.internal.monitor.core.Order;
import io.github.jedisfailover.internal.monitor.core.OrderResult;
import io.github.jedisfailover.internal.runtime.EventDispatcher;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A whole monitor around a core that only remembers its inputs and does what the test says. */
final class ScriptedMonitor implements AutoCloseable, MonitorCore {
  final List<CoreInput> inputs = new CopyOnWriteArrayList<>();
  final NodeAddress address;
  final MonitorRuntime runtime;
  private final Queue<CoreAction> todo = new ConcurrentLinkedQueue<>();

  ScriptedMonitor(int port) {
    this(port, ListenerConfig.DEFAULT);
  }

  ScriptedMonitor(int port, ListenerConfig listener) {
    address = new NodeAddress("127.0.0.1", port);
    MonitorConfig config =
        MonitorConfig.builder().voters(address).listen(address).listener(listener).build();
    runtime =
        new MonitorRuntime(
            "scripted-" + port,
            config,
            new EventDispatcher("test", List.of()),
            FailoverMetrics.NONE,
            MonotonicClock.SYSTEM,
            (id, me, voters, stored, remembers) -> this);
    runtime.start();
  }

  void doNext(CoreAction action) {
    todo.add(action);
  }

  boolean heard(Class<? extends CoreInput> kind) {
    return inputs.stream().anyMatch(kind::isInstance);
  }

  long ticks() {
    return inputs.stream().filter(CoreInput.Tick.class::isInstance).count();
  }

  @Override
  public List<CoreAction> step(CoreInput input, long nowMillis) {
    inputs.add(input);
    List<CoreAction> actions = new ArrayList<>();
    if (input instanceof CoreInput.PeerAsked asked) {
      actions.add(new CoreAction.AnswerPeer(asked.ticket(), true, asked.candidate(), 4));
    }
    if (input instanceof CoreInput.Operator asked) {
      boolean reset = asked.order() instanceof Order.Reset;
      OrderResult result =
          reset ? new OrderResult.Count(5) : new OrderResult.Refused("ERR not " + asked.order());
      actions.add(new CoreAction.AnswerOperator(asked.ticket(), result));
    }
    CoreAction next = todo.poll();
    while (next != null) {
      actions.add(next);
      next = todo.poll();
    }
    return actions;
  }

  @Override
  public CoreView view(long nowMillis) {
    return new CoreView("f".repeat(40), 3, false, 0, true, List.of());
  }

  @Override
  public void close() {
    runtime.close();
  }
}
