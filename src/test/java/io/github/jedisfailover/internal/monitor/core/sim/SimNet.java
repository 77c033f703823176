package io.github.jedisfailover.internal.monitor.core.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/** Time, and the network between addresses; both from one seed. */
class SimNet {
  private record Event(long at, long order, Runnable run) implements Comparable<Event> {
    @Override
    public int compareTo(Event o) {
      return at != o.at ? Long.compare(at, o.at) : Long.compare(order, o.order);
    }
  }

  private record Pair(Object a, Object b) {}

  final Random random;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Map<Pair, Long> cuts = new HashMap<>();
  private long order;
  long now = 1_000_000;
  boolean faults = true;

  SimNet(long seed) {
    this.random = new Random(seed);
  }

  void at(long delay, Runnable run) {
    events.add(new Event(now + delay, order++, run));
  }

  void runFor(long millis) {
    long end = now + millis;
    while (!events.isEmpty() && events.peek().at() <= end) {
      Event e = events.poll();
      now = e.at();
      e.run().run();
    }
    now = end;
  }

  private long delay() {
    return faults && random.nextInt(20) == 0 ? random.nextInt(400) : 1 + random.nextInt(3);
  }

  private boolean lost() {
    return faults && random.nextInt(50) == 0;
  }

  void cut(Object a, Object b, long millis) {
    cuts.put(new Pair(a, b), now + millis);
    cuts.put(new Pair(b, a), now + millis);
  }

  boolean connected(Object a, Object b) {
    return cuts.getOrDefault(new Pair(a, b), 0L) <= now;
  }

  /** Calls {@code arrive} at the far end after a while, unless the message is lost or cut off. */
  void send(Object from, Object to, Runnable arrive) {
    if (connected(from, to) && !lost()) {
      at(delay(), arrive);
    }
  }

  void mendAll() {
    cuts.clear();
  }
}
