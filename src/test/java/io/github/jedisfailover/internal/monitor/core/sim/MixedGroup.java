package io.github.jedisfailover.internal.monitor.core.sim;

import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.internal.monitor.core.MasterSettings;
import io.github.jedisfailover.internal.monitor.core.Order;
import io.github.jedisfailover.internal.monitor.core.PersistentState;
import io.github.jedisfailover.internal.monitor.core.SentinelCore;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Monitors that discover each other, some with exactly Sentinel's rules, and what happens to such
 * groups: operators, new addresses, lost files, clocks that jump, masters that return empty.
 *
 * <p>Sentinel itself is not safe when a file is lost while a vote of it still counts. The faults
 * keep to what Sentinel promises: a file is lost for longer than an election lasts, and while all
 * others are there and know the newest epoch.
 */
final class MixedGroup {
  /** Longer than the longest election. */
  private static final long LOST_MILLIS = 10_000;

  private MixedGroup() {}

  static void start(SimWorld w, SimMonitor m, long seed) {
    if (m.disk == null) {
      m.disk = fresh(w, m);
    }
    m.core = SentinelCore.discovering(m.id, m.address, m.disk, m.departures, seed);
    if (m.disk.group(SimWorld.GROUP).isEmpty()) {
      int life = m.life;
      w.at(LOST_MILLIS, () -> monitor(w, m, life));
    }
  }

  /** As operators find out what to write: they ask another monitor, or else the nodes. */
  private static NodeAddress askedMaster(SimWorld w, SimMonitor m) {
    return w.monitors.stream()
        .filter(x -> x != m && x.alive && x.core != null)
        .flatMap(x -> x.core.view(w.now + x.skew).master(SimWorld.GROUP).stream())
        .max(Comparator.comparingLong(CoreView.Master::configEpoch))
        .map(CoreView.Master::current)
        .orElseGet(w::bootMaster);
  }

  /** A reset forgets what is away just then, so operators wait until nothing is. */
  private static boolean calm(SimWorld w) {
    return w.nodes.values().stream().allMatch(n -> n.alive)
        && w.nodes.values().stream().filter(n -> !n.linkUp).count() == 1;
  }

  /** As an operator writes the file: the master, and nobody else. */
  private static PersistentState fresh(SimWorld w, SimMonitor m) {
    return new PersistentState(
        m.id,
        0,
        List.of(
            new PersistentState.Group(
                SimWorld.GROUP,
                askedMaster(w, m),
                0,
                0,
                List.of(),
                List.of(),
                Optional.of(w.settings))));
  }

  /** Whether somebody can still bring this node back into the group. */
  static boolean knownToAnybody(SimWorld w, NodeAddress a) {
    return w.monitors.stream()
        .flatMap(m -> m.core.view(w.now + m.skew).master(SimWorld.GROUP).stream())
        .flatMap(g -> g.replicas().stream())
        .anyMatch(r -> r.instance().address().equals(a));
  }

  private static void order(SimWorld w, SimMonitor m, int life, Order order) {
    w.input(m, life, new CoreInput.Operator(0, order));
  }

  private static void monitor(SimWorld w, SimMonitor m, int life) {
    monitor(w, m, life, askedMaster(w, m));
  }

  private static void monitor(SimWorld w, SimMonitor m, int life, NodeAddress master) {
    MasterSettings s = w.settings;
    order(w, m, life, new Order.Monitor(SimWorld.GROUP, master.host(), master.port(), s.quorum()));
    set(w, m, life, s.downAfterMillis(), s.failoverTimeoutMillis());
  }

  private static void set(SimWorld w, SimMonitor m, int life, long downAfter, long timeout) {
    List<String> words =
        List.of(
            "down-after-milliseconds",
            Long.toString(downAfter),
            "failover-timeout",
            Long.toString(timeout));
    order(w, m, life, new Order.Set(SimWorld.GROUP, words, List.of()));
  }

  static void fault(SimWorld w, Random dice) {
    SimMonitor m = w.monitors.get(dice.nextInt(w.monitors.size()));
    int life = m.life;
    switch (dice.nextInt(12)) {
      case 0 -> {
        if (calm(w)) {
          order(w, m, life, new Order.Reset(List.of(SimWorld.GROUP)));
        }
      }
      case 1 -> set(w, m, life, 500 + dice.nextInt(2_000), 2_000 + dice.nextInt(2_000));
      case 2 -> {
        order(w, m, life, new Order.Remove(SimWorld.GROUP));
        w.at(100 + dice.nextInt(3_000), () -> monitor(w, m, life));
      }
      case 3 -> move(w, m, dice);
      case 4 -> lose(w, m);
      case 5 -> m.skew += 500 + dice.nextInt(60_000);
      case 6 -> emptyMaster(w, dice.nextInt(3_000));
      default -> Faults.one(w, dice);
    }
  }

  /** The same identity at another address. */
  private static void move(SimWorld w, SimMonitor m, Random dice) {
    if (m.alive) {
      w.crash(m);
      m.address = new NodeAddress("10.1." + m.index + "." + dice.nextInt(250), 26379);
      w.at(500 + dice.nextInt(5_000), () -> w.restart(m));
    }
  }

  private static void lose(SimWorld w, SimMonitor m) {
    if (m.alive && othersKnowTheNewestEpoch(w, m)) {
      w.crash(m);
      w.at(
          LOST_MILLIS,
          () -> {
            if (!m.alive && othersKnowTheNewestEpoch(w, m)) {
              w.start(m, true);
            } else {
              w.restart(m);
            }
          });
    }
  }

  private static boolean othersKnowTheNewestEpoch(SimWorld w, SimMonitor m) {
    long newest =
        w.monitors.stream()
            .filter(x -> x.disk != null)
            .mapToLong(x -> x.disk.currentEpoch())
            .max()
            .orElse(0);
    return w.monitors.stream()
        .filter(x -> x != m)
        .allMatch(
            x ->
                x.alive
                    && x.disk.currentEpoch() == newest
                    && x.disk.group(SimWorld.GROUP).isPresent());
  }

  static void emptyMaster(SimWorld w, long millis) {
    w.nodes.values().stream()
        .filter(n -> n.alive && n.masterAddress == null)
        .findFirst()
        .ifPresent(
            n -> {
              n.alive = false;
              w.at(millis, () -> n.restartEmpty(w.now));
            });
  }

  /** What the manual asks of operators: voters that are gone for good are forgotten by a reset. */
  static void resetGhosts(SimWorld w) {
    for (SimMonitor m : w.monitors) {
      boolean ghosts =
          w.mixed
              && m.alive
              && m.core
                      .view(w.now + m.skew)
                      .master(SimWorld.GROUP)
                      .map(CoreView.Master::peers)
                      .map(List::size)
                      .orElse(0)
                  >= w.monitors.size();
      if (ghosts) {
        order(w, m, m.life, new Order.Reset(List.of(SimWorld.GROUP)));
      }
    }
  }

  /**
   * Before the first failover nobody's word is newer than another's: members that were given
   * different masters then keep them for ever, and one that was given a master of its own hears
   * nobody at all; in Sentinel too. Operators look at the others and at the nodes, and correct it.
   */
  static void correctAddresses(SimWorld w) {
    for (SimMonitor m : w.monitors) {
      if (w.mixed && m.alive) {
        NodeAddress right = nobodyKnowsAFailover(w) ? w.bootMaster() : askedMaster(w, m);
        w.at(0, () -> correct(w, m, right));
      }
    }
  }

  private static void correct(SimWorld w, SimMonitor m, NodeAddress right) {
    boolean wrong =
        m.alive
            && m.core
                .view(w.now + m.skew)
                .master(SimWorld.GROUP)
                .filter(g -> g.configEpoch() == 0 && !g.current().equals(right))
                .filter(g -> g.peers().isEmpty() || nobodyKnowsAFailover(w))
                .isPresent();
    if (wrong) {
      int life = m.life;
      order(w, m, life, new Order.Remove(SimWorld.GROUP));
      w.at(1_000, () -> monitor(w, m, life, right));
    }
  }

  private static boolean nobodyKnowsAFailover(SimWorld w) {
    return w.monitors.stream()
        .filter(m -> m.alive)
        .flatMap(m -> m.core.view(w.now + m.skew).master(SimWorld.GROUP).stream())
        .allMatch(g -> g.configEpoch() == 0);
  }
}
