package io.github.jedisfailover.samples.demo;

import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.topology.TopologyView;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.exceptions.JedisException;

/** One line a second: what the application gets done and which node serves the reads. */
final class LiveCounter implements AutoCloseable {
  private final Screen screen;
  private final Load load;
  private final RedisGroup group;
  private final TopologyView topology;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Map<RedisNode, Long> gets = new HashMap<>();
  private final Thread thread = new Thread(this::run, "demo-counter");

  LiveCounter(Screen screen, Load load, RedisGroup group, TopologyView topology) {
    this.screen = screen;
    this.load = load;
    this.group = group;
    this.topology = topology;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    Load.Figures before = load.figures();
    long last = System.nanoTime();
    readsByNode(1);
    while (!ended()) {
      Load.Figures now = load.figures();
      double seconds = (System.nanoTime() - last) / 1e9;
      last = System.nanoTime();
      String master =
          topology.current().master().map(m -> "" + m.address().port()).orElse("unknown");
      screen.say(
          Screen.Style.DIM,
          String.format(
              "writes %5.0f/s  reads %5.0f/s  threw W/R %d/%d  master %s  GETs by node:%s",
              (now.writes() - before.writes()) / seconds,
              (now.reads() - before.reads()) / seconds,
              now.failedWrites(),
              now.failedReads().size(),
              master,
              readsByNode(seconds)));
      before = now;
    }
  }

  private String readsByNode(double seconds) {
    StringBuilder text = new StringBuilder();
    for (RedisNode node : group.nodes()) {
      text.append("  ").append(node.port()).append(' ').append(reads(node, seconds));
    }
    return text.toString();
  }

  private String reads(RedisNode node, double seconds) {
    if (!node.isAlive()) {
      gets.remove(node);
      return "dead";
    }
    if (node.isFrozen()) {
      return "frozen";
    }
    try {
      long now = node.calls("get");
      Long before = gets.put(node, now);
      // A restarted server counts from zero again.
      long since = before == null || before > now ? now : now - before;
      return String.format("%.0f/s", since / seconds);
    } catch (JedisException e) {
      return "-";
    }
  }

  private boolean ended() {
    try {
      return end.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    end.countDown();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
