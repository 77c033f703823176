package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.event.GapListener;
import io.github.jedisfailover.internal.pool.PubSubLink;
import io.github.jedisfailover.internal.routing.CommandIntent;
import io.github.jedisfailover.internal.routing.RouteTable;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.time.Duration;
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
 * send.
 */
public final class Subscription extends Connection {
  private static final Logger log = LoggerFactory.getLogger(Subscription.class);
  private static final CommandArguments BORROW = new CommandArguments(Protocol.Command.PING);
  private static final int SHORTEST_SILENCE_MILLIS = 1_000;

  private final CallContext context;
  private final Object listener;
  private final CommandIntent intent;
  private final int turn =
      System.identityHashCode(this); // so that subscriptions share the replicas
  private final Heartbeat heartbeat = new Heartbeat();
  private final Conversation conversation = new Conversation();
  // Of the reading thread:
  private Lane lane;
  private TopologySnapshot.Version tried;
  private long pauseMillis;
  private long heardAt;
  private long gapSince;
  private boolean interrupted;

  private Subscription(CallContext context, Object listener) {
    this.context = context;
    this.listener = listener;
    boolean byReadFrom = context.config().subscribeByReadFrom();
    this.intent = byReadFrom ? CommandIntent.ANY_NODE : CommandIntent.MASTER_ONLY;
    this.pauseMillis = context.retry().initialBackoff().toMillis();
  }

  /** Connects, within the deadline of a call. */
  public static Connection open(CallContext context, Object listener) {
    Subscription made = new Subscription(context, listener);
    new NodeSearch(context)
        .run(
            BORROW,
            made.intent,
            made.turn,
            context.clock().nanos(),
            node -> {
              made.use(node, node.pool().borrowForPubSub());
              return node;
            });
    return made;
  }

  private void use(Lane node, PubSubLink made) {
    int silence =
        Math.max(SHORTEST_SILENCE_MILLIS, context.config().clientConfig().getSocketTimeoutMillis());
    try {
      made.onSilence(silence, () -> heartbeat.silence(made, isRouted(node)));
    } catch (JedisConnectionException e) {
      made.close();
      throw e;
    }
    heartbeat.reset();
    lane = node;
    heardAt = context.clock().nanos();
    protocol = made.protocol();
    conversation.continueOn(made);
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
      Object own = conversation.ownReply();
      if (own != null) {
        return own;
      }
      PubSubLink link = conversation.link();
      if (link == null) {
        connectOnce();
        continue;
      }
      try {
        Object reply = link.read();
        heardAt = context.clock().nanos();
        Object told = heartbeat.isPong(reply) ? null : conversation.heard(reply);
        if (told != null) {
          return told;
        }
      } catch (JedisConnectionException e) {
        lost(link, e);
      } catch (JedisDataException e) {
        if (!heartbeat.isRefused()) {
          throw e;
        }
      }
    }
  }

  private void lost(PubSubLink broken, JedisConnectionException cause) {
    if (conversation.interrupted() && !interrupted) {
      interrupted = true;
      gapSince = heardAt;
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

  /**
   * One look at the nodes, or a short wait after one: the listener may unsubscribe in the meantime,
   * and a node that breaks each connection at once must not be called without a pause.
   */
  private void connectOnce() {
    if (conversation.endsHere(context.closed().getAsBoolean())) {
      return;
    }
    if (tried != null) {
      context.topology().awaitNewerThan(tried, Duration.ofMillis(pauseMillis));
      pauseMillis = Math.min(2 * pauseMillis, context.retry().maxBackoff().toMillis());
      tried = null;
      return;
    }
    RouteTable<Lane> table = context.routes().table();
    tried = table.version();
    boolean connected = false;
    for (int i = 0; i < table.candidates(intent) && !connected; i++) {
      connected = connect(table.candidate(intent, turn, i));
    }
  }

  private boolean connect(Lane node) {
    try {
      use(node, node.pool().borrowForPubSub());
      return true;
    } catch (JedisConnectionException e) {
      Attempt.book(node, Failure.NOT_SENT, e, context.trouble());
      log.debug("[{}] no subscription on {}", context.config().clientName(), node.pool(), e);
      return false;
    }
  }

  private void tellGap() {
    if (!interrupted || !conversation.isConfirmed()) {
      return;
    }
    interrupted = false;
    tried = null;
    pauseMillis = context.retry().initialBackoff().toMillis();
    Duration gap = Duration.ofNanos(context.clock().nanos() - gapSince);
    log.info(
        "[{}] subscription goes on at {}, gap at most {} ms",
        context.config().clientName(),
        lane.pool().address(),
        gap.toMillis());
    context.watch().subscriptionGap(lane.pool().address(), gap.toMillis());
    if (listener instanceof GapListener told) {
      told.onGap(gap);
    }
  }

  @Override
  public void sendCommand(CommandArguments command) {
    conversation.say(command);
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
    conversation.end();
  }
}
