package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.wire.HelloCodec;
import io.github.jedisfailover.internal.runtime.ClosableGate;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** The subscription of one node link: hears the hellos of the other voters. */
final class HelloListener implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(HelloListener.class);
  private static final long REFUSED_MILLIS = 1_000;

  private final String owner;
  private final String myId;
  private final LinkAccess access;
  private final LinkSocket socket;
  private final Consumer<CoreInput> core;
  private final long retryMillis;
  private final Runnable onLoss;
  private final ClosableGate gate = new ClosableGate();
  private boolean refusalLogged;

  /**
   * @param onLoss called when a working subscription breaks
   */
  HelloListener(
      String owner,
      String myId,
      LinkAccess access,
      LinkSocket socket,
      Consumer<CoreInput> core,
      long retryMillis,
      Runnable onLoss) {
    this.owner = owner;
    this.myId = myId;
    this.access = access;
    this.socket = socket;
    this.core = core;
    this.retryMillis = retryMillis;
    this.onLoss = onLoss;
  }

  @Override
  public void run() {
    try {
      long wait = 0;
      while (gate.pause(wait)) {
        wait = listen();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns how long to wait before the next attempt. */
  private long listen() {
    Connection connection;
    try {
      connection = socket.connect();
    } catch (JedisException e) {
      log.debug("[{}] no subscription at {}: {}", owner, socket, Connections.reason(e));
      return retryMillis;
    }
    boolean worked = false;
    try {
      connection.sendCommand(access.command(Command.SUBSCRIBE, ""), HelloCodec.CHANNEL);
      connection.getOne();
      refusalLogged = false;
      while (!gate.isClosed()) {
        heard(connection.getUnflushedObject());
        worked = true;
      }
      return 0;
    } catch (JedisDataException e) {
      refused(e);
      return REFUSED_MILLIS;
    } catch (JedisException e) {
      log.debug("[{}] subscription at {} lost: {}", owner, socket, Connections.reason(e));
      onLoss.run();
      return worked ? 0 : retryMillis; // a role change kills it: then again at once
    } finally {
      Connections.close(connection);
    }
  }

  private void refused(JedisDataException e) {
    if (!refusalLogged) {
      refusalLogged = true;
      log.warn("[{}] {} refuses the hello channel: {}", owner, socket, e.getMessage());
    }
  }

  private void heard(Object message) {
    boolean isMessage =
        message instanceof List<?> parts
            && parts.size() == 3
            && "message".equals(Connections.text(parts.get(0)));
    if (isMessage) {
      HelloCodec.decode(Connections.text(((List<?>) message).get(2)))
          .filter(h -> !h.senderId().equals(myId))
          .ifPresent(h -> core.accept(new CoreInput.HelloHeard(h, false)));
    }
  }

  void cut() {
    socket.drop();
  }

  void close() {
    gate.close();
    socket.cut();
  }
}
