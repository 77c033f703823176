package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.InfoReport;
import io.github.jedisfailover.internal.monitor.wire.InfoParser;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.internal.runtime.WarnPace;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/** Finds the master among the seed nodes, however long it takes, on a thread of its own. */
final class SeedScan implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(SeedScan.class);
  private static final int NODE_MILLIS = 1_000;
  private static final int WORKERS = 8;
  private static final long RETRY_MILLIS = 1_000;

  private final DaemonThreads threads;
  private final MonotonicClock clock;
  private final String masterName;
  private final SeedNames names;
  private final BriefTalks talks;
  private final BiConsumer<NodeAddress, List<NodeAddress>> found;
  private volatile boolean closed;
  private final WarnPace warnings = new WarnPace();

  SeedScan(
      DaemonThreads threads,
      MonotonicClock clock,
      String masterName,
      SeedNames names,
      JedisClientConfig config,
      BiConsumer<NodeAddress, List<NodeAddress>> found) {
    this.threads = threads;
    this.clock = clock;
    this.masterName = masterName;
    this.names = names;
    this.talks = new BriefTalks(config);
    this.found = found;
  }

  /** Looks among these from the next round on. */
  void nodes(List<NodeAddress> nodes) {
    names.replace(nodes);
  }

  /** How a scan connects: as the application, with the monitor's name and little patience. */
  static LinkConfig connection(JedisClientConfig user, String myId) {
    return new LinkConfig(user, LinkConfig.clientName(myId, "seed"), NODE_MILLIS, NODE_MILLIS);
  }

  @Override
  public void run() {
    while (!closed) {
      List<NodeAddress> seeds = names.lookUp();
      BootRule.Decision decision = BootRule.decide(askAll(seeds));
      if (decision.master() != null) {
        log.info(
            "[{}] master of {} is {}: {}",
            threads.owner(),
            masterName,
            decision.master(),
            decision.reason());
        found.accept(decision.master(), seeds);
        return;
      }
      warn(decision.reason(), seeds);
      if (closed || !DaemonThreads.pause(RETRY_MILLIS)) {
        return;
      }
    }
  }

  private void warn(String reason, List<NodeAddress> seeds) {
    if (warnings.due(clock.millis())) {
      log.warn(
          "[{}] the master of {} is not known yet: {} (asked {})",
          threads.owner(),
          masterName,
          reason,
          seeds);
    }
  }

  /** In parallel, with a bounded number of threads and a bounded wait. */
  private Map<NodeAddress, InfoReport> askAll(List<NodeAddress> seeds) {
    Queue<NodeAddress> todo = new ConcurrentLinkedQueue<>(seeds);
    Map<NodeAddress, InfoReport> answers = new ConcurrentHashMap<>();
    CountDownLatch asked = new CountDownLatch(seeds.size());
    for (int i = 0; i < Math.min(WORKERS, seeds.size()); i++) {
      threads.start("seed-" + masterName + "-" + i, () -> work(todo, answers, asked));
    }
    try {
      asked.await((seeds.size() / WORKERS + 1) * 3L * NODE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Map.copyOf(answers);
  }

  private void work(
      Queue<NodeAddress> todo, Map<NodeAddress, InfoReport> answers, CountDownLatch asked) {
    NodeAddress seed = todo.poll();
    while (seed != null) {
      InfoReport report = ask(seed);
      if (report != null) {
        answers.put(seed, report);
      }
      asked.countDown();
      seed = todo.poll();
    }
  }

  private InfoReport ask(NodeAddress seed) {
    try {
      return talks.ask(seed, c -> InfoParser.parse(Connections.ask(c, Command.INFO)));
    } catch (JedisException e) {
      log.debug("[{}] seed {}: {}", threads.owner(), seed, Connections.reason(e));
      return null;
    }
  }

  void close() {
    closed = true;
    talks.close();
  }
}
