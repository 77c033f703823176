package io.github.jedisfailover.internal.monitor.core.sim;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What can go wrong next. */
final class Faults {
  private Faults() {}

  static void one(SimWorld w, Random dice) {
    SimMonitor m = w.monitors.get(dice.nextInt(w.monitors.size()));
    SimRedis any = w.nodes.get(w.nodeOrder.get(dice.nextInt(w.nodeOrder.size())));
    switch (dice.nextInt(9)) {
      case 0, 1 -> kill(w, master(w, any), 1_000 + dice.nextInt(12_000));
      case 2 -> master(w, any).frozenUntil = w.now + 500 + dice.nextInt(8_000);
      case 3 -> kill(w, any, 500 + dice.nextInt(6_000));
      case 4 -> {
        if (m.alive) {
          w.crash(m);
          w.at(500 + dice.nextInt(5_000), () -> w.restart(m));
        }
      }
      case 5 -> m.stalledUntil = w.now + 100 + dice.nextInt(6_000);
      case 6 -> isolate(w, m.address, 1_000 + dice.nextInt(10_000));
      case 7 -> isolate(w, any.address, 1_000 + dice.nextInt(10_000));
      default -> split(w, dice);
    }
  }

  private static SimRedis master(SimWorld w, SimRedis otherwise) {
    return w.nodes.values().stream()
        .filter(n -> n.alive && n.masterAddress == null)
        .findFirst()
        .orElse(otherwise);
  }

  private static void kill(SimWorld w, SimRedis node, long millis) {
    if (node.alive) {
      node.alive = false;
      w.at(
          millis,
          () -> {
            if (!node.alive) {
              node.restart(w.now);
            }
          });
    }
  }

  private static void isolate(SimWorld w, NodeAddress a, long millis) {
    everybody(w).stream().filter(b -> !b.equals(a)).forEach(b -> w.cut(a, b, millis));
  }

  private static void split(SimWorld w, Random dice) {
    List<NodeAddress> left = new ArrayList<>();
    List<NodeAddress> right = new ArrayList<>();
    everybody(w).forEach(a -> (dice.nextBoolean() ? left : right).add(a));
    long millis = 1_000 + dice.nextInt(10_000);
    left.forEach(a -> right.forEach(b -> w.cut(a, b, millis)));
  }

  private static List<NodeAddress> everybody(SimWorld w) {
    List<NodeAddress> all = new ArrayList<>(w.nodeOrder);
    w.monitors.forEach(m -> all.add(m.address));
    return all;
  }
}
