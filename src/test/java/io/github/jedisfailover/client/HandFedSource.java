package io.github.jedisfailover.client;

import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import io.github.jedisfailover.topology.TopologySource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Says what the test says. */
final class HandFedSource implements TopologySource {
  final ConcurrentLinkedQueue<NodeAddress> hints = new ConcurrentLinkedQueue<>();
  private final AtomicLong sequence = new AtomicLong();
  private volatile Consumer<TopologySnapshot> sink;
  private volatile List<NodeView> nodes = List.of();
  private volatile Runnable onHint = () -> {};
  volatile boolean closed;

  static HandFedSource of(RedisNode master, RedisNode... replicas) {
    HandFedSource source = new HandFedSource();
    source.say(master, replicas);
    return source;
  }

  void say(RedisNode master, RedisNode... replicas) {
    List<NodeView> views = new ArrayList<>();
    if (master != null) {
      views.add(NodeView.master(master.address()));
    }
    for (RedisNode replica : replicas) {
      views.add(NodeView.replica(replica.address()));
    }
    say(views);
  }

  void say(List<NodeView> views) {
    nodes = views;
    Consumer<TopologySnapshot> out = sink;
    if (out != null) {
      out.accept(
          new TopologySnapshot(
              new TopologySnapshot.Version(0, sequence.incrementAndGet()), List.copyOf(views)));
    }
  }

  void onHint(Runnable action) {
    onHint = action;
  }

  @Override
  public void start(Consumer<TopologySnapshot> sink) {
    this.sink = sink;
    if (!nodes.isEmpty()) {
      say(nodes);
    }
  }

  @Override
  public void hint(NodeAddress node) {
    hints.add(node);
    onHint.run();
  }

  @Override
  public void close() {
    closed = true;
  }
}
