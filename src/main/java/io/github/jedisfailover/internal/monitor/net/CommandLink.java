package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.Target;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The command connection of one link: one thread connects, sends what waits in the queue and reads
 * each reply. A lost connection is opened again at once, then at the given pace.
 */
final class CommandLink implements Link, Runnable {
  private static final Logger log = LoggerFactory.getLogger(CommandLink.class);

  /** Sends one action and feeds what comes of it. */
  interface Dialogue {
    void carryOut(Connection connection, CoreAction action);
  }

  private final String owner;
  private final Target target;
  private final LinkSocket socket;
  private final Dialogue dialogue;
  private final Consumer<CoreInput> core;
  private final long retryMillis;
  private final LinkQueue queue = new LinkQueue();
  private long failures;

  CommandLink(
      String owner,
      Target target,
      LinkSocket socket,
      Dialogue dialogue,
      Consumer<CoreInput> core,
      long retryMillis) {
    this.owner = owner;
    this.target = target;
    this.socket = socket;
    this.dialogue = dialogue;
    this.core = core;
    this.retryMillis = retryMillis;
  }

  @Override
  public void offer(CoreAction action) {
    queue.offer(action);
  }

  @Override
  public void run() {
    try {
      while (!queue.isClosed()) {
        // after the loss of a working connection at once: a role change kills connections
        if (!talk() && !queue.pause(retryMillis)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether there was a connection that worked. */
  private boolean talk() throws InterruptedException {
    Connection connection;
    try {
      connection = socket.connect();
    } catch (JedisException e) {
      down(e, true);
      return false;
    }
    boolean worked = false;
    try {
      up();
      Optional<CoreAction> action = queue.take();
      while (action.isPresent()) {
        dialogue.carryOut(connection, action.get());
        worked = true;
        action = queue.take();
      }
    } catch (JedisException e) {
      down(e, false);
    } finally {
      Connections.close(connection);
    }
    return worked;
  }

  private void up() {
    if (failures > 0) {
      log.info("[{}] link to {} is up after {} failed attempts", owner, target.address(), failures);
    }
    failures = 0;
    queue.clear();
    core.accept(new CoreInput.LinkUp(target));
  }

  private void down(JedisException e, boolean connecting) {
    if (queue.isClosed()) {
      return;
    }
    String reason = Connections.reason(e);
    if (connecting && failures++ == 0) {
      log.warn("[{}] cannot connect to {}: {}", owner, target.address(), reason);
    } else {
      log.debug("[{}] link to {} is down: {}", owner, target.address(), reason);
    }
    core.accept(new CoreInput.LinkDown(target, reason));
  }

  @Override
  public void close() {
    queue.close();
    socket.cut();
  }
}
