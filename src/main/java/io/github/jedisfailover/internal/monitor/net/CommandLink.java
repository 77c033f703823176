package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.Hello;
import io.github.jedisfailover.internal.monitor.core.Target;
import io.github.jedisfailover.internal.monitor.wire.HelloCodec;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The command connection of one link: one thread connects, sends what waits in the queue and reads
 * each reply. A lost connection is opened again at once, then at the given pace.
 */
final class CommandLink implements Link, Runnable {
  private static final Logger log = LoggerFactory.getLogger(CommandLink.class);

  private static final List<String> REFUSALS = List.of("NOAUTH", "WRONGPASS", "NOPERM", "ERR AUTH");

  /** What is said to one kind of far end besides ping and hello. */
  interface Dialogue {
    /**
     * Sends one action and feeds what comes of it.
     *
     * @throws JedisDataException if the far end refuses it; nothing comes of it then
     */
    void carryOut(Connection connection, CoreAction action);
  }

  private final String owner;
  private final Target target;
  private final LinkSocket socket;
  private final Dialogue dialogue;
  private final LinkAccess access;
  private final Consumer<CoreInput> core;
  private final long retryMillis;
  private final LinkQueue queue = new LinkQueue();
  private long failures;
  private boolean loginRefused;

  CommandLink(
      String owner,
      Target target,
      LinkSocket socket,
      Dialogue dialogue,
      LinkAccess access,
      Consumer<CoreInput> core,
      long retryMillis) {
    this.owner = owner;
    this.target = target;
    this.socket = socket;
    this.dialogue = dialogue;
    this.access = access;
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
        carryOut(connection, action.get());
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

  /** An error reply ends the question, not the connection. */
  private void carryOut(Connection connection, CoreAction action) {
    try {
      if (action instanceof CoreAction.Ping) {
        core.accept(new CoreInput.PingSent(target));
        String answer = Connections.ping(connection, access.command(Command.PING, ""));
        noteLogin(answer);
        core.accept(new CoreInput.Pong(target, answer));
      } else if (action instanceof CoreAction.SayHello hello) {
        Hello text = hello.hello().from(socket.localHost());
        ProtocolCommand publish = access.command(Command.PUBLISH, text.masterName());
        Connections.ask(connection, publish, HelloCodec.CHANNEL, HelloCodec.encode(text));
        core.accept(new CoreInput.HelloSaid(target));
      } else {
        dialogue.carryOut(connection, action);
      }
    } catch (JedisDataException e) {
      String what = action.getClass().getSimpleName();
      log.debug("[{}] {} refused by {}: {}", owner, what, target.address(), e.getMessage());
    }
  }

  /** Such a node is silent to the core: somebody has to be told why. */
  private void noteLogin(String answer) {
    boolean refused = REFUSALS.stream().anyMatch(answer::startsWith);
    if (refused && !loginRefused) {
      log.warn(
          "[{}] {} refuses this monitor's login and counts as down until user and password are"
              + " corrected, there or in this monitor's configuration: {}",
          owner,
          target.address(),
          answer);
    }
    loginRefused = refused;
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
    noteLogin(reason);
    if (connecting && failures++ == 0 && !loginRefused) {
      log.warn("[{}] cannot connect to {}: {}", owner, target.address(), reason);
    } else {
      log.debug("[{}] link to {} is down: {}", owner, target.address(), reason);
    }
    core.accept(new CoreInput.LinkDown(target, reason));
  }

  @Override
  public void cut() {
    socket.drop();
  }

  @Override
  public void close() {
    queue.close();
    socket.cut();
  }
}
