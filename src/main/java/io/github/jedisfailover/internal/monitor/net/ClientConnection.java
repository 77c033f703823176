package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.internal.monitor.wire.ClientFacts;
import io.github.jedisfailover.internal.monitor.wire.ClientState;
import io.github.jedisfailover.internal.monitor.wire.Reply;
import io.github.jedisfailover.internal.monitor.wire.RequestLimits;
import io.github.jedisfailover.internal.monitor.wire.RespCodec;
import io.github.jedisfailover.internal.monitor.wire.RespProtocolException;
import io.github.jedisfailover.internal.monitor.wire.Served;
import io.github.jedisfailover.internal.monitor.wire.Subscriptions;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the listener. Its thread reads requests and writes replies; once it subscribes, a
 * second thread writes what waits in a bounded queue, so that publishers never wait for it. Who of
 * the two ends last closes the connection.
 */
final class ClientConnection implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(ClientConnection.class);
  private static final int READ_BYTES = 4 * 1024;
  private static final int HANDSHAKE_MILLIS = 10_000;
  private static final int LINGER_MILLIS = 200;
  private static final int EVENT_OVERHEAD = 64;

  /** Told of a connection that is about to begin. */
  record Guest(long id, Socket raw, ListenerSockets.Door door, boolean loggedIn) {}

  /** Answers requests. */
  interface RequestHandler {
    /** Turns everything but an answer into one; may wait for the core for a bounded time. */
    Served.Answer handle(List<String> request, ClientState state);

    /** The command's own name, with that of the subcommand. */
    String nameOf(List<String> request);

    /** Whether a client that has not logged in has to do so. */
    boolean loginNeeded();

    void ended(ClientConnection connection);
  }

  private final Guest guest;
  private final DaemonThreads threads;
  private final MonotonicClock clock;
  private final RequestHandler handler;
  private final RequestLimits limits;
  private final int idleMillis;
  private final RespCodec codec;
  private final EventQueue events;
  private final long bornMillis;
  private volatile long lastMillis;
  private volatile String lastCommand = "NULL";
  private volatile ClientState state;
  private Socket socket;
  private boolean queued;

  ClientConnection(
      Guest guest,
      ListenerConfig config,
      DaemonThreads threads,
      MonotonicClock clock,
      RequestHandler handler) {
    this.guest = guest;
    this.threads = threads;
    this.clock = clock;
    this.handler = handler;
    this.limits =
        RequestLimits.of(
            config.maxRequestBytes(), config.maxArguments(), config.maxRequestBytes() / 4);
    this.idleMillis = (int) config.timeout().toMillis();
    this.codec = new RespCodec(limits);
    this.events = new EventQueue(config.pubSubBuffer());
    this.bornMillis = clock.millis();
    this.lastMillis = bornMillis;
    this.state = ClientState.fresh(guest.id(), guest.loggedIn());
  }

  long id() {
    return guest.id();
  }

  Subscriptions subscriptions() {
    return state.subscriptions();
  }

  ClientFacts facts() {
    long now = clock.millis();
    return new ClientFacts(
        state,
        text(guest.raw().getInetAddress(), guest.raw().getPort()),
        text(guest.raw().getLocalAddress(), guest.raw().getLocalPort()),
        (now - bornMillis) / 1000,
        (now - lastMillis) / 1000,
        lastCommand,
        events.waitingFrames(),
        events.waitingBytes());
  }

  private static String text(InetAddress host, int port) {
    String address = host.getHostAddress();
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
  }

  @Override
  public void run() {
    try {
      guest.raw().setSoTimeout(HANDSHAKE_MILLIS);
      socket = guest.door().opened(guest.raw());
      socket.setSoTimeout(idleMillis);
      serve(socket.getInputStream());
    } catch (IOException e) {
      log.debug("[{}] client {} lost: {}", threads.owner(), id(), e.getMessage());
      close();
    } finally {
      if (queued) {
        events.end(); // the writer still has replies to write
      } else {
        end();
      }
    }
  }

  /**
   * With TLS the farewell first: without it the other side would suspect that a part is missing.
   */
  private void end() {
    events.close();
    if (socket != null && socket != guest.raw()) {
      try {
        socket.close();
      } catch (IOException e) {
        log.debug("[{}] client {} took no farewell: {}", threads.owner(), id(), e.getMessage());
      }
    }
    close();
    handler.ended(this);
  }

  private void serve(InputStream in) throws IOException {
    byte[] buffer = new byte[READ_BYTES];
    boolean open = true;
    while (open) {
      int length;
      try {
        length = in.read(buffer);
      } catch (SocketTimeoutException e) {
        open = !state.subscriptions().isEmpty(); // only subscribers have a reason to be silent
        continue;
      }
      open = length > 0 && served(buffer, length);
    }
  }

  private boolean served(byte[] buffer, int length) throws IOException {
    try {
      codec.feed(buffer, 0, length);
      Optional<List<String>> request = next();
      while (request.isPresent()) {
        lastMillis = clock.millis();
        Served.Answer answer = handler.handle(request.get(), state.beginning());
        lastCommand = handler.nameOf(request.get());
        if (!send(answer) || answer.close()) {
          return false;
        }
        request = next();
      }
      return true;
    } catch (RespProtocolException e) {
      refuse(e.getMessage());
      return false;
    }
  }

  private Optional<List<String>> next() {
    boolean stranger = !state.loggedIn() && handler.loginNeeded();
    codec.limit(stranger ? limits.beforeLogin() : limits);
    return codec.next();
  }

  private boolean send(Served.Answer answer) throws IOException {
    ClientState after = answer.after();
    if (!queued && !after.subscriptions().isEmpty()) {
      threads.start("events-" + id(), this::writeEvents);
      queued = true;
    }
    boolean sent = after.isSilent() || write(answer.reply(), after);
    state = after.ended(); // from here on events may follow, and they follow the reply
    return sent;
  }

  private boolean write(Reply reply, ClientState after) throws IOException {
    byte[] bytes = reply.encode(after.resp3());
    if (queued) {
      return offer(bytes);
    }
    socket.getOutputStream().write(bytes);
    return true;
  }

  private void writeEvents() {
    try {
      OutputStream out = socket.getOutputStream();
      Optional<EventQueue.Waiting> frame = events.take();
      while (frame.isPresent()) {
        out.write(frame.get().bytes().get());
        frame = events.take();
      }
    } catch (IOException e) {
      log.debug("[{}] subscriber {} lost: {}", threads.owner(), id(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  /** Lets the error arrive: closing with unread bytes would reset the connection. */
  private void refuse(String text) throws IOException {
    Reply error = new Reply.Error("ERR " + text);
    if (queued) {
      offer(error.encode(state.resp3()));
      return;
    }
    socket.getOutputStream().write(error.encode(state.resp3()));
    socket.shutdownOutput();
    socket.setSoTimeout(LINGER_MILLIS);
    try {
      socket.getInputStream().skipNBytes(limits.requestBytes());
    } catch (IOException e) {
      log.debug("[{}] client {} refused: {}", threads.owner(), id(), text);
    }
  }

  /** Never blocks: a subscriber that does not read is dropped. */
  void publish(String channel, String payload) {
    ClientState now = state;
    if (now.subscriptions().isEmpty() || guest.raw().isClosed()) {
      return;
    }
    int size = channel.length() + payload.length() + EVENT_OVERHEAD;
    EventQueue.Waiting event =
        new EventQueue.Waiting(
            size,
            () ->
                new Reply.Several(now.subscriptions().deliveries(channel, payload))
                    .encode(now.resp3()));
    if (!events.offer(event, clock.millis())) {
      log.warn(
          "[{}] client {} reads too slowly, {} bytes wait: dropped",
          threads.owner(),
          id(),
          events.waitingBytes());
      close();
    }
  }

  private boolean offer(byte[] bytes) {
    return events.offer(new EventQueue.Waiting(bytes.length, () -> bytes), clock.millis());
  }

  /** The plain socket, not TLS: that would wait for a writer that hangs. */
  void close() {
    events.close();
    try {
      guest.raw().close();
    } catch (IOException e) {
      log.debug("[{}] closing client {}: {}", threads.owner(), id(), e.getMessage());
    }
  }
}
