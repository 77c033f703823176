package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.wire.ClientState;
import io.github.jedisfailover.internal.monitor.wire.Reply;
import io.github.jedisfailover.internal.monitor.wire.RespCodec;
import io.github.jedisfailover.internal.monitor.wire.RespProtocolException;
import io.github.jedisfailover.internal.monitor.wire.Served;
import io.github.jedisfailover.internal.monitor.wire.Subscriptions;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the listener. Its thread reads requests and writes replies; once it subscribes, a
 * second thread writes what waits in a bounded queue, so that publishers never wait for it.
 */
final class ClientConnection implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(ClientConnection.class);
  private static final int READ_BYTES = 8 * 1024;
  private static final int IDLE_MILLIS = 600_000;
  private static final int LINGER_MILLIS = 200;

  private final Socket socket;
  private final DaemonThreads threads;
  private final RequestHandler handler;
  private final RespCodec codec = new RespCodec();
  private final EventQueue events = new EventQueue();
  private volatile ClientState state;
  private boolean queued;

  /** Answers requests. */
  interface RequestHandler {
    /** Turns everything but an answer into one; may wait for the core for a bounded time. */
    Served.Answer handle(List<String> request, ClientState state);

    void ended(ClientConnection connection);
  }

  ClientConnection(long id, Socket socket, DaemonThreads threads, RequestHandler handler) {
    this.socket = socket;
    this.threads = threads;
    this.handler = handler;
    this.state = ClientState.fresh(id);
  }

  Subscriptions subscriptions() {
    return state.subscriptions();
  }

  @Override
  public void run() {
    try {
      socket.setSoTimeout(IDLE_MILLIS);
      serve(socket.getInputStream());
    } catch (IOException e) {
      log.debug("[{}] client {} lost: {}", threads.owner(), state.id(), e.getMessage());
    } finally {
      close();
      handler.ended(this);
    }
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
      Optional<List<String>> request = codec.next();
      while (request.isPresent()) {
        Served.Answer answer = handler.handle(request.get(), state);
        if (!send(answer) || answer.close()) {
          return false;
        }
        request = codec.next();
      }
      return true;
    } catch (RespProtocolException e) {
      refuse(e.getMessage());
      return false;
    }
  }

  private boolean send(Served.Answer answer) throws IOException {
    ClientState after = answer.after();
    if (!queued && !after.subscriptions().isEmpty()) {
      queued = true;
      threads.start("events-" + after.id(), this::writeEvents);
    }
    byte[] bytes = answer.reply().encode(after.resp3());
    boolean sent = true;
    if (queued) {
      sent = events.offer(bytes);
    } else {
      socket.getOutputStream().write(bytes);
    }
    state = after; // from here on events may follow, and they follow the reply
    return sent;
  }

  private void writeEvents() {
    try {
      OutputStream out = socket.getOutputStream();
      Optional<byte[]> frame = events.take();
      while (frame.isPresent()) {
        out.write(frame.get());
        frame = events.take();
      }
    } catch (IOException e) {
      close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  /** Lets the error arrive: closing with unread bytes would reset the connection. */
  private void refuse(String text) throws IOException {
    socket.getOutputStream().write(new Reply.Error("ERR " + text).encode(state.resp3()));
    socket.shutdownOutput();
    socket.setSoTimeout(LINGER_MILLIS);
    try {
      socket.getInputStream().skipNBytes(RespCodec.MAX_REQUEST);
    } catch (IOException e) {
      log.debug("[{}] client {} refused: {}", threads.owner(), state.id(), text);
    }
  }

  /** Never blocks: a subscriber that does not read is dropped. */
  void publish(String channel, String payload) {
    ClientState now = state;
    if (now.subscriptions().isEmpty() || socket.isClosed()) {
      return;
    }
    for (Reply frame : now.subscriptions().deliveries(channel, payload)) {
      if (!events.offer(frame.encode(now.resp3()))) {
        log.warn(
            "[{}] client {} reads too slowly, {} bytes wait: dropped",
            threads.owner(),
            now.id(),
            EventQueue.MAX_BYTES);
        close();
        return;
      }
    }
  }

  void close() {
    events.close();
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("[{}] closing client {}: {}", threads.owner(), state.id(), e.getMessage());
    }
  }
}
