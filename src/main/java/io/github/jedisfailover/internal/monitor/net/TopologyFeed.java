package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.topology.TopologySnapshot;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the snapshots of one group to its subscribers; late ones get the last one at once. */
final class TopologyFeed {
  private static final Logger log = LoggerFactory.getLogger(TopologyFeed.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Consumer<TopologySnapshot>> sinks = new CopyOnWriteArrayList<>();
  private TopologySnapshot last;

  /** Returns what ends the subscription. */
  Runnable subscribe(Consumer<TopologySnapshot> sink) {
    TopologySnapshot known;
    lock.lock();
    try {
      sinks.add(sink);
      known = last;
    } finally {
      lock.unlock();
    }
    if (known != null) {
      deliver(sink, known); // may come twice or late: receivers order by version
    }
    return () -> sinks.remove(sink);
  }

  void publish(TopologySnapshot snapshot) {
    lock.lock();
    try {
      last = snapshot;
    } finally {
      lock.unlock();
    }
    sinks.forEach(s -> deliver(s, snapshot));
  }

  private static void deliver(Consumer<TopologySnapshot> sink, TopologySnapshot snapshot) {
    try {
      sink.accept(snapshot);
    } catch (RuntimeException e) {
      log.error("a receiver of snapshots failed, this is a defect", e);
    }
  }
}
