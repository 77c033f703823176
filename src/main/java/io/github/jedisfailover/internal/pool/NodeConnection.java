package io.github.jedisfailover.internal.pool;

import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

/** A connection that knows its pool, and that another thread can cut. */
final class NodeConnection extends Connection {
  private final NodeSocket socket;
  private final int era;
  private final AtomicBoolean lent = new AtomicBoolean();
  private volatile ConnectionPool home;
  private volatile int endsKnown;
  private volatile boolean refusedWrite;
  private volatile long openedNanos;
  private long lentAt; // only touched by the borrower
  private String process; // only touched by the borrower
  private Runnable onSilence; // only touched by the borrower

  NodeConnection(NodeSocket socket, JedisClientConfig config, int era, int ends) {
    super(Connection.builder().socketFactory(socket).clientConfig(config));
    this.socket = socket;
    this.era = era;
    this.endsKnown = ends;
  }

  int era() {
    return era;
  }

  /** The process that answers now has answered since then: a connection outlives none. */
  long openedNanos() {
    return openedNanos;
  }

  void openedAt(long nanos) {
    openedNanos = nanos;
  }

  /** When it was lent last; 0 if nobody measures that. */
  long lentAt() {
    return lentAt;
  }

  void lentAt(long nanos) {
    lentAt = nanos;
  }

  /** The last sign of the node's end that this connection is known to have outlived. */
  int endsKnown() {
    return endsKnown;
  }

  void outlived(int ends) {
    endsKnown = ends;
  }

  /** Whether it ever heard that its node takes no writes. */
  boolean refusedWrite() {
    return refusedWrite;
  }

  @Override
  protected Object readProtocolWithCheckingBroken() {
    try {
      return super.readProtocolWithCheckingBroken();
    } catch (JedisDataException e) {
      if (e.getMessage() != null && e.getMessage().startsWith("READONLY")) {
        refusedWrite = true;
      }
      throw e;
    }
  }

  /**
   * The run id of the server process at the other end, asked once; {@code otherwise} if the user
   * may not ask.
   */
  String process(String otherwise) {
    if (process == null) {
      try {
        CommandArguments ask = new CommandArguments(Protocol.Command.INFO).add("server");
        process = RunId.in(executeCommand(new CommandObject<>(ask, BuilderFactory.STRING)));
      } catch (JedisDataException e) {
        process = otherwise;
      }
    }
    return process;
  }

  /**
   * For a connection on which nobody asks: what to do when nothing came for the socket time-out. It
   * throws to give the connection up.
   */
  void onSilence(Runnable action) {
    onSilence = action;
  }

  void send(CommandArguments command) {
    sendCommand(command);
    flush();
  }

  /** Waits for the first byte before the reply is read: a time-out in between loses nothing. */
  @Override
  protected Object protocolRead(RedisInputStream in, PushConsumerChain pushes) {
    boolean waiting = onSilence != null;
    while (waiting) {
      try {
        in.peek((byte) 0);
        waiting = false;
      } catch (JedisConnectionException e) {
        if (!(e.getCause() instanceof SocketTimeoutException)) {
          throw e;
        }
        onSilence.run();
      }
    }
    return super.protocolRead(in, pushes);
  }

  /**
   * Closes the socket under whoever uses it.
   *
   * @return whether it was open
   */
  boolean cut() {
    boolean open = socket.isOpen();
    setBroken(); // first: a give-back in between must not take it for healthy
    socket.cut();
    return open;
  }

  /** Remembers the lending pool: a second pool may lend it on (see {@code MasterLoans}). */
  void lentBy(ConnectionPool pool) {
    home = pool;
    lent.set(true);
  }

  /**
   * @return whether it was lent: false if it is given back twice
   */
  boolean isBack() {
    return lent.compareAndSet(true, false);
  }

  void goHome() {
    ConnectionPool pool = home;
    if (pool != null) {
      setHandlingPool(pool);
      close();
    }
  }
}
