package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.PromoteOption;
import io.github.jedisfailover.internal.runtime.ClosableGate;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Snapshots of nodes that nobody monitors. Each node is asked once a second by a thread of its own,
 * so that one that hangs delays nobody; the master changes when somebody changes it.
 */
public final class StaticSource implements PromotableSource, SeededSource {
  private static final Logger log = LoggerFactory.getLogger(StaticSource.class);
  private static final int NODE_MILLIS = 1_000;
  private static final long PERIOD_MILLIS = 1_000;
  private static final long MIN_GAP_MILLIS = 20;

  private final ClosableGate gate = new ClosableGate();
  private final AtomicBoolean promoting = new AtomicBoolean();
  private final MonotonicClock clock;
  private final DaemonThreads threads;
  private final NodeOrders orders;
  private final StaticBoard board;
  private final Set<NodeAddress> watched = new HashSet<>();
  private volatile Consumer<TopologySnapshot> sink = snapshot -> {};
  private long pokes;

  public StaticSource(FailoverConfig group, MonotonicClock clock) {
    this.clock = clock;
    this.threads = new DaemonThreads(group.clientName());
    this.orders = new NodeOrders(group.clientConfig(), "static", NODE_MILLIS);
    this.board = new StaticBoard(group.nodes());
  }

  @Override
  public void start(Consumer<TopologySnapshot> newSink) {
    sink = newSink;
    watchAll();
  }

  @Override
  public void nodes(List<NodeAddress> nodes) {
    gate.change(() -> board.nodes(nodes));
    watchAll();
    poke();
  }

  private void watchAll() {
    List<NodeAddress> fresh = gate.call(() -> board.nodes().stream().filter(watched::add).toList());
    fresh.forEach(n -> threads.start("static-" + n, () -> watch(n)));
  }

  private void watch(NodeAddress node) {
    try {
      boolean open = true;
      while (open && gate.call(() -> board.isNode(node) || !watched.remove(node))) {
        long seen = gate.call(() -> pokes);
        look(node);
        // the gap bounds the rate when hints come by the thousand
        open = gate.pause(MIN_GAP_MILLIS) && gate.await(() -> pokes != seen, PERIOD_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(NodeAddress node) {
    try {
      Optional<NodeWord> word = orders.ask(node);
      gate.call(() -> board.told(node, word)).ifPresent(sink);
      gate.call(() -> board.wantedMaster(node)).ifPresent(master -> obey(node, master));
    } catch (RuntimeException e) {
      log.error("[{}] a look at {} failed, this is a defect", threads.owner(), node, e);
    }
  }

  /** After a promotion; a node that cannot be told now is told at its next answer. */
  private void obey(NodeAddress node, NodeAddress master) {
    try {
      orders.replicaOf(node, master);
      log.info("[{}] {} is told to follow {}", threads.owner(), node, master);
    } catch (JedisException e) {
      log.debug("[{}] {} does not follow {} yet", threads.owner(), node, master, e);
    }
  }

  @Override
  public void hint(NodeAddress node) {
    poke();
  }

  private void poke() {
    gate.change(() -> pokes++);
  }

  @Override
  public Optional<String> promote(NodeAddress target, Set<PromoteOption> options) {
    List<NodeAddress> nodes = gate.call(board::nodes);
    if (!nodes.contains(target)) {
      return Optional.of("ERR the target must be one of the nodes " + nodes + ", was " + target);
    }
    if (!promoting.compareAndSet(false, true)) {
      return Optional.of("INPROG another promotion is under way");
    }
    try {
      StaticRule.Known known = gate.call(board::known);
      Promotion promotion = new Promotion(orders, clock, target, options, known);
      Optional<String> refusal = promotion.run(nodes);
      if (refusal.isEmpty()) {
        boolean demote =
            promotion.oldMasterTold() || options.contains(PromoteOption.DEMOTE_OLD_MASTER);
        Optional<NodeWord> word = orders.ask(target);
        gate.call(() -> board.promoted(target, word, demote)).ifPresent(sink);
        log.info("[{}] {} was promoted by hand", threads.owner(), target);
        poke();
      }
      return refusal;
    } finally {
      promoting.set(false);
    }
  }

  @Override
  public Opinions opinions() {
    return new Opinions("fixed nodes, nobody votes", 0, List.of(), gate.call(board::dissents));
  }

  @Override
  public void close() {
    gate.close();
    orders.close();
    threads.close();
  }
}
