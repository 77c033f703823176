package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.internal.pool.PubSubLink;
import io.github.jedisfailover.internal.routing.CommandNames;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * What a listener said and was told, over all its connections, and the connection that it has now.
 * Thread-safe: one thread reads, any thread may send. The lock is held while something is sent and
 * never while somebody reads.
 */
final class Conversation {
  private static final Logger log = LoggerFactory.getLogger(Conversation.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Channels channels = new Channels();
  private final Queue<Optional<Object>> dueReplies = new ArrayDeque<>();
  private final Queue<Object> ownReplies = new ArrayDeque<>();
  private PubSubLink link;
  private RedisProtocol protocol;
  private boolean ended;

  /** {@code null} while there is none. */
  PubSubLink link() {
    lock.lock();
    try {
      return link;
    } finally {
      lock.unlock();
    }
  }

  /** A reply that no node gives any more, {@code null} if there is none. */
  Object ownReply() {
    lock.lock();
    try {
      Object reply = ownReplies.poll();
      channels.told(reply);
      return reply;
    } finally {
      lock.unlock();
    }
  }

  /** What the listener is told of a reply or message that came; {@code null}: nothing. */
  Object heard(Object reply) {
    lock.lock();
    try {
      channels.told(reply);
      boolean answer = PubSubReplies.isAnswer(reply) && !dueReplies.isEmpty();
      return answer ? dueReplies.remove().orElse(null) : reply;
    } finally {
      lock.unlock();
    }
  }

  /** Goes on over this connection: asks for all that is wanted. */
  void continueOn(PubSubLink made) {
    lock.lock();
    try {
      link = made;
      protocol = made.protocol();
      if (!channels.wantsNothing()) {
        ownReplies.addAll(channels.farewells());
      }
      channels.renewal().forEach(made::send);
    } catch (JedisConnectionException e) {
      log.debug("a subscription broke again", e); // its reader finds that out too
    } finally {
      lock.unlock();
    }
  }

  /**
   * The connection is lost; what was asked there is answered here.
   *
   * @return whether the listener may miss something
   */
  boolean interrupted() {
    lock.lock();
    try {
      link = null;
      dueReplies.forEach(due -> due.ifPresent(ownReplies::add));
      dueReplies.clear();
      return !channels.believesNothing();
    } finally {
      lock.unlock();
    }
  }

  /** Whether all is in force again. */
  boolean isConfirmed() {
    lock.lock();
    try {
      return link != null && channels.isConfirmed();
    } finally {
      lock.unlock();
    }
  }

  /** Without a connection: prepares the end if there is nothing to listen to any more. */
  boolean endsHere(boolean closed) {
    lock.lock();
    try {
      if (closed) {
        channels.wantNothing();
      }
      if (channels.wantsNothing()) {
        ownReplies.addAll(channels.farewells());
      }
      return channels.wantsNothing();
    } finally {
      lock.unlock();
    }
  }

  /** The listener says this. */
  void say(CommandArguments command) {
    lock.lock();
    try {
      if (ended) {
        return; // a token that is renewed later has nothing to renew here
      }
      channels.asked(command);
      if (PubSubReplies.isAwaited(command)) {
        Optional<Object> due = PubSubReplies.toldOf(command, protocol);
        if (link != null) {
          dueReplies.add(due);
        } else {
          due.ifPresent(ownReplies::add);
        }
      }
      if (link != null) {
        link.send(command);
      }
    } catch (JedisConnectionException e) {
      // the reader finds out, and asks the next node for all that is wanted
      log.debug("{} was not sent", CommandNames.name(command), e);
    } finally {
      lock.unlock();
    }
  }

  void end() {
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
