package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.event.GapListener;
import io.github.jedisfailover.internal.pool.LeaseFailedException;
import io.github.jedisfailover.internal.pool.PubSubLink;
import io.github.jedisfailover.internal.routing.CommandIntent;
import io.github.jedisfailover.internal.routing.RouteTable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.authentication.AuthXManager;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * One subscription, as long as the application wants it: looks like a connection to Jedis' listener
 * and is one real connection after the other.
 *
 * <p>The listener's own loop goes on through all of them. It reads in one thread; any thread may
 * send. The lock is held while something is sent, so that two senders do not mix, and never while
 * somebody reads or looks for a node.
 */
public final class Subscription extends Connection {
  private static final Logger log = LoggerFactory.getLogger(Subscription.class);
  private static final CommandArguments BORROW = new CommandArguments(Protocol.Command.PING);
  private static final int SHORTEST_SILENCE_MILLIS = 1_000;

  private final CallContext context;
  private final Object listener;
  private final CommandIntent intent;
  private final Heartbeat heartbeat = new Heartbeat();
  private final ReentrantLock lock = new ReentrantLock();
  private final Channels channels = new Channels();
  private final Queue<Object> dueReplies = new ArrayDeque<>();
  private final Queue<Object> ownReplies = new ArrayDeque<>();
  private PubSubLink link;
  private boolean ended;
  // Of the reading thread:
  private Lane lane;
  private int turn;
  private long pauseMillis;
  private long heardAt;
  private long gapSince;
  private boolean interrupted;

  private Subscription(CallContext context, Object listener) {
    this.context = context;
    this.listener = listener;
    boolean byReadFrom = context.config().subscribeByReadFrom();
    this.intent = byReadFrom ? CommandIntent.ANY_NODE : CommandIntent.MASTER_ONLY;
    this.pauseMillis = context.config().retry().initialBackoff().toMillis();
  }

  /** Connects, within the deadline of a call. */
  public static Connection open(CallContext context, Object listener) {
    Subscription made = new Subscription(context, listener);
    new NodeSearch(context)
        .run(
            BORROW,
            made.intent,
            0,
            node -> {
              made.use(node, node.pool().borrowForPubSub());
              return node;
            });
    return made;
  }

  private void use(Lane node, PubSubLink made) {
    int silence =
        Math.max(SHORTEST_SILENCE_MILLIS, context.config().clientConfig().getSocketTimeoutMillis());
    made.onSilence(silence, () -> heartbeat.silence(made, isRouted(node)));
    heartbeat.reset();
    lane = node;
    heardAt = context.clock().nanos();
    lock.lock();
    try {
      protocol = made.protocol();
      link = made;
    } finally {
      lock.unlock();
    }
  }

  /** A replica that lost its master hears nothing any more, and says nothing of it. */
  private boolean isRouted(Lane node) {
    RouteTable<Lane> table = context.routes().table();
    for (int i = 0; i < table.candidates(intent); i++) {
      if (node.equals(table.candidate(intent, 0, i))) {
        return true;
      }
    }
    return false;
  }

  /** The next reply or message, from whichever node it comes. */
  @Override
  public Object getUnflushedObject() {
    tellGap();
    while (true) {
      Object own = nextOwn();
      if (own != null) {
        return own;
      }
      PubSubLink current = current();
      if (current == null) {
        connectOnce();
        continue;
      }
      try {
        Object reply = current.read();
        heardAt = context.clock().nanos();
        if (!heartbeat.isPong(reply)) {
          return noted(reply);
        }
      } catch (JedisConnectionException e) {
        lost(current, e);
      } catch (JedisDataException e) {
        if (!heartbeat.isRefused()) {
          throw e;
        }
      }
    }
  }

  private Object nextOwn() {
    lock.lock();
    try {
      Object reply = ownReplies.poll();
      channels.told(reply);
      return reply;
    } finally {
      lock.unlock();
    }
  }

  private PubSubLink current() {
    lock.lock();
    try {
      return link;
    } finally {
      lock.unlock();
    }
  }

  private Object noted(Object reply) {
    lock.lock();
    try {
      channels.told(reply);
      if (PubSubReplies.answersQueued(reply)) {
        dueReplies.poll();
      }
      return reply;
    } finally {
      lock.unlock();
    }
  }

  private void lost(PubSubLink broken, JedisConnectionException cause) {
    lock.lock();
    try {
      link = null;
      if (!interrupted && !channels.believesNothing()) {
        interrupted = true;
        gapSince = heardAt;
      }
      ownReplies.addAll(dueReplies); // what was asked there is answered here
      dueReplies.clear();
    } finally {
      lock.unlock();
    }
    broken.close();
    if (!context.closed().getAsBoolean()) {
      log.info(
          "[{}] subscription on {} interrupted: {}",
          context.config().clientName(),
          lane.pool().address(),
          cause.getMessage());
      Attempt.book(lane, Failure.UNKNOWN, cause, context.trouble());
    }
  }

  /** One look at one node, then a short wait: the listener may unsubscribe in the meantime. */
  private void connectOnce() {
    if (endIfUnwanted()) {
      return;
    }
    RouteTable<Lane> table = context.routes().table();
    int candidates = table.candidates(intent);
    if (candidates > 0) {
      Lane node = table.candidate(intent, 0, Math.floorMod(turn++, candidates));
      try {
        resubscribe(node, node.pool().borrowForPubSub());
        pauseMillis = context.config().retry().initialBackoff().toMillis();
        return;
      } catch (LeaseFailedException e) {
        Attempt.book(node, Failure.NOT_SENT, e, context.trouble());
        log.debug("[{}] no subscription on {}", context.config().clientName(), node.pool(), e);
      }
    }
    context.topology().awaitNewerThan(table.version(), Duration.ofMillis(pauseMillis));
    pauseMillis = Math.min(2 * pauseMillis, context.config().retry().maxBackoff().toMillis());
  }

  private boolean endIfUnwanted() {
    lock.lock();
    try {
      if (context.closed().getAsBoolean()) {
        channels.wantNothing();
      }
      if (channels.wantsNothing()) {
        ownReplies.addAll(channels.farewells());
        return true;
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void resubscribe(Lane node, PubSubLink made) {
    use(node, made);
    lock.lock();
    try {
      if (!channels.wantsNothing()) {
        ownReplies.addAll(channels.farewells());
      }
      channels.renewal().forEach(made::send);
    } catch (JedisConnectionException e) {
      log.debug("[{}] {} broke again", context.config().clientName(), node.pool(), e);
      // its reader finds that out too
    } finally {
      lock.unlock();
    }
  }

  private void tellGap() {
    if (!interrupted || !isConfirmed()) {
      return;
    }
    interrupted = false;
    Duration gap = Duration.ofNanos(context.clock().nanos() - gapSince);
    log.info(
        "[{}] subscription goes on at {}, gap at most {} ms",
        context.config().clientName(),
        lane.pool().address(),
        gap.toMillis());
    context.metrics().subscriptionGap(gap.toMillis());
    if (listener instanceof GapListener told) {
      told.onGap(gap);
    }
  }

  private boolean isConfirmed() {
    lock.lock();
    try {
      return link != null && channels.isConfirmed();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void sendCommand(CommandArguments command) {
    lock.lock();
    try {
      if (ended) {
        return; // a token that is renewed later has nothing to renew here
      }
      channels.asked(command);
      Object due = PubSubReplies.queued(command, protocol);
      if (link == null) {
        if (due != null) {
          ownReplies.add(due);
        }
        return;
      }
      if (due != null) {
        dueReplies.add(due);
      }
      link.send(command);
    } catch (JedisConnectionException e) {
      // the reader finds out, and asks the next node for all that is wanted
      log.debug("[{}] {} not sent", context.config().clientName(), command.getCommand(), e);
    } finally {
      lock.unlock();
    }
  }

  /** Everything is sent at once. */
  @Override
  protected void flush() {}

  @Override
  public void setTimeoutInfinite() {}

  @Override
  public void rollbackTimeout() {}

  @Override
  protected AuthXManager getAuthXManager() {
    return context.config().clientConfig().getAuthXManager();
  }

  @Override
  protected boolean isTokenBasedAuthenticationEnabled() {
    return getAuthXManager() != null;
  }

  @Override
  public void close() {
    PubSubLink last;
    lock.lock();
    try {
      ended = true;
      last = link;
      link = null;
    } finally {
      lock.unlock();
    }
    if (last != null) {
      last.close();
    }
  }
}
