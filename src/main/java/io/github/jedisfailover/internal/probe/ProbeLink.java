package io.github.jedisfailover.internal.probe;

import io.github.jedisfailover.internal.lag.Progress;
import io.github.jedisfailover.internal.lag.Proofs;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.internal.runtime.WarnPace;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Asks one node on a connection of its own, on a thread of its own. */
final class ProbeLink implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(ProbeLink.class);
  private static final long REST_NANOS = 200_000_000L;
  private static final int MOST_RESTS = 5;

  private final Probes probes;
  private final NodeAddress node;
  private final JedisClientConfig config;
  private final MonotonicClock clock;
  private final String client;
  private final WarnPace warnings = new WarnPace();
  private boolean asked;
  private long askedNanos;
  private int failures;
  private volatile Connection connection;
  private volatile boolean closed;

  ProbeLink(
      Probes probes,
      NodeAddress node,
      JedisClientConfig config,
      MonotonicClock clock,
      String client) {
    this.probes = probes;
    this.node = node;
    this.config = config;
    this.clock = clock;
    this.client = client;
  }

  @Override
  public void run() {
    try {
      while (probes.awaitDue(this)) {
        ask();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      drop();
    }
  }

  /** A node that fails is asked seldom, so that a dead one costs little. */
  long nanosUntilDue(long paceNanos, long nowNanos) {
    if (!asked) {
      return 0;
    }
    long pace = Math.max(paceNanos, REST_NANOS * failures);
    return pace - (nowNanos - askedNanos);
  }

  private void ask() {
    Proofs.Reign reign = probes.proofs().reign(); // before the question, or it would vouch too much
    asked = true;
    askedNanos = clock.nanos();
    try {
      Connection open = connected();
      askedNanos = clock.nanos();
      Optional<Progress> progress = ReplicationInfo.ask(open);
      probes.took(node, clock.nanos() - askedNanos);
      failures = 0;
      progress.ifPresentOrElse(
          said -> probes.told(reign, node, askedNanos, said),
          () -> warn("it does not tell its replication id"));
    } catch (JedisDataException e) {
      failed();
      warn(e.getMessage());
    } catch (JedisException e) {
      failed();
      log.debug("[{}] {} did not tell its offset", client, node, e);
    } catch (RuntimeException e) {
      // of the application's mapper or credentials: this node must be asked again all the same
      failed();
      warn(e.toString());
    }
  }

  private void failed() {
    failures = Math.min(failures + 1, MOST_RESTS);
    probes.silent(node);
    drop();
  }

  private Connection connected() {
    Connection open = connection;
    if (open == null) {
      open = new Connection(new HostAndPort(node.host(), node.port()), config);
      connection = open;
      if (closed) {
        throw new JedisException("closed");
      }
    }
    return open;
  }

  private void warn(String why) {
    if (warnings.due(clock.millis())) {
      log.warn(
          "[{}] reads with a bound and sessions leave {} out: INFO replication: {}",
          client,
          node,
          why);
    }
  }

  private void drop() {
    Connection open = connection;
    connection = null;
    cut(open);
  }

  private static void cut(Connection open) {
    try {
      if (open != null) {
        open.forceDisconnect();
      }
    } catch (IOException e) {
      // as good as closed
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Ends the thread after its question, which takes a second at most. No I/O. */
  void retire() {
    closed = true;
  }

  /** From any thread: ends a question under way. */
  void close() {
    closed = true;
    cut(connection);
  }
}
