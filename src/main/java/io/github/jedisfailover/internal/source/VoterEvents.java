package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.monitor.net.LinkSocket;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.Optional;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Listens to one voter's events. They only say when to ask: messages can be missed, and what one
 * voter announces is not yet what the voters agree on.
 */
final class VoterEvents implements Runnable {
  private static final int SILENCE_MILLIS = 30_000;
  private static final long RETRY_MILLIS = 1_000;
  private static final String[] CHANNELS = {
    "+switch-master",
    "+promoted-slave",
    "+failover-end",
    "+odown",
    "+sdown",
    "-sdown",
    "+slave",
    "+convert-to-slave",
    "+slave-reconf-done"
  };

  private final LinkSocket socket;
  private final Runnable poke;
  private volatile boolean closed;

  VoterEvents(NodeAddress voter, Optional<String> password, Runnable poke) {
    this.socket =
        new LinkSocket(voter, VoterClient.config("observer-events", SILENCE_MILLIS, password));
    this.poke = poke;
  }

  @Override
  public void run() {
    while (!closed) {
      listen();
      if (closed || !DaemonThreads.pause(RETRY_MILLIS)) {
        return;
      }
    }
  }

  private void listen() {
    try (Connection connection = socket.connect()) {
      connection.sendCommand(Command.SUBSCRIBE, CHANNELS);
      connection.getMany(CHANNELS.length);
      poke.run(); // what happened before is known only by asking
      while (!closed) {
        connection.getUnflushedObject();
        poke.run();
      }
    } catch (JedisException e) {
      // silent for long, or gone: the rounds of questions go on meanwhile
    }
  }

  void close() {
    closed = true;
    socket.cut();
  }
}
