package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.internal.monitor.core.PendingScript;
import io.github.jedisfailover.internal.monitor.wire.ClientState;
import io.github.jedisfailover.internal.monitor.wire.CommandTable;
import io.github.jedisfailover.internal.monitor.wire.Reply;
import io.github.jedisfailover.internal.monitor.wire.SentinelReplies;
import io.github.jedisfailover.internal.monitor.wire.Served;
import io.github.jedisfailover.internal.monitor.wire.ServerContext;
import io.github.jedisfailover.internal.monitor.wire.ServerFacts;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the other voters and any Sentinel client on one address. */
final class RespListener implements AutoCloseable, ClientConnection.RequestHandler {
  private static final Logger log = LoggerFactory.getLogger(RespListener.class);
  static final int MAX_CLIENTS = 256;
  private static final int BACKLOG = 128;
  private static final long CORE_MILLIS = 1_000;
  private static final long ACCEPT_PAUSE_MILLIS = 100;

  private final NodeAddress address;
  private final List<ServerSocket> servers;
  private final CoreLoop loop;
  private final DaemonThreads threads;
  private final MonotonicClock clock;
  private final String runId;
  private final ListenerFacts facts;
  private final long startedMillis;
  private final CommandTable commands = new CommandTable();
  private final Map<ClientConnection, Boolean> clients = new ConcurrentHashMap<>();
  private final Map<Long, CompletableFuture<Reply>> questions = new ConcurrentHashMap<>();
  private final AtomicLong tickets = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong served = new AtomicLong();
  private final ServerContext context = new Context();
  private volatile boolean closed;

  /**
   * @param bound all that it serves; they close with the listener
   */
  RespListener(
      NodeAddress address,
      List<ServerSocket> bound,
      CoreLoop loop,
      DaemonThreads threads,
      MonotonicClock clock,
      String runId,
      ListenerFacts facts) {
    this.address = address;
    this.servers = bound;
    this.loop = loop;
    this.threads = threads;
    this.clock = clock;
    this.runId = runId;
    this.facts = facts;
    this.startedMillis = clock.millis();
  }

  /**
   * Takes the address, on this interface only.
   *
   * @throws IllegalStateException if it is taken or not one of this machine
   */
  static ServerSocket bind(NodeAddress address) {
    ServerSocket socket = null;
    try {
      socket = new ServerSocket();
      socket.setReuseAddress(true);
      InetAddress host = InetAddress.getByName(address.host());
      socket.bind(new InetSocketAddress(host, address.port()), BACKLOG);
      return socket;
    } catch (IOException e) {
      closeQuietly(socket);
      throw new IllegalStateException(
          "the monitor cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  void start() {
    servers.forEach(server -> threads.start("listen", () -> acceptAll(server)));
  }

  private void acceptAll(ServerSocket server) {
    while (!closed) {
      try {
        accept(server.accept());
      } catch (IOException e) {
        if (closed || !DaemonThreads.pause(ACCEPT_PAUSE_MILLIS)) {
          return;
        }
        log.debug("[{}] accept failed: {}", threads.owner(), e.getMessage());
      }
    }
  }

  private void accept(Socket socket) throws IOException {
    if (clients.size() >= MAX_CLIENTS) {
      try (socket) {
        Reply full = new Reply.Error("ERR max number of clients reached");
        socket.getOutputStream().write(full.encode(false));
      }
      return;
    }
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    long id = accepted.incrementAndGet();
    ClientConnection connection = new ClientConnection(id, socket, threads, this);
    clients.put(connection, Boolean.TRUE);
    if (closed) {
      connection.close();
    }
    try {
      threads.start("client-" + id, connection);
    } catch (IllegalStateException e) {
      ended(connection);
      connection.close();
    }
  }

  @Override
  public Served.Answer handle(List<String> request, ClientState state) {
    served.incrementAndGet();
    try {
      Served todo = commands.serve(request, state, context);
      if (todo instanceof Served.TakeHello hello) {
        loop.feed(new CoreInput.HelloHeard(hello.hello(), true));
        return new Served.Answer(new Reply.Int(1), state, false);
      }
      if (todo instanceof Served.AskCore question) {
        return new Served.Answer(ask(question), state, false);
      }
      if (todo instanceof Served.AskOperator order) {
        return new Served.Answer(ask(order), state, false);
      }
      return (Served.Answer) todo;
    } catch (CoreBusyException e) {
      return new Served.Answer(new Reply.Error("ERR the monitor is busy"), state, false);
    } catch (RuntimeException e) {
      log.error("[{}] request {} failed, a defect", threads.owner(), request.get(0), e);
      return new Served.Answer(new Reply.Error("ERR internal error"), state, false);
    }
  }

  private Reply ask(Served.AskCore question) {
    return ask(
        ticket ->
            new CoreInput.PeerAsked(
                ticket, question.master(), question.epoch(), question.candidate()));
  }

  private Reply ask(Served.AskOperator question) {
    return ask(ticket -> new CoreInput.Operator(ticket, question.order()));
  }

  private Reply ask(LongFunction<CoreInput> question) {
    long ticket = tickets.incrementAndGet();
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    questions.put(ticket, answer);
    try {
      loop.feed(question.apply(ticket));
      return await(answer);
    } finally {
      questions.remove(ticket);
    }
  }

  /** Called on the core's thread. */
  void answer(CoreAction.AnswerPeer answer) {
    complete(
        answer.ticket(),
        SentinelReplies.vote(answer.down(), answer.leader(), answer.leaderEpoch()));
  }

  /** Called on the core's thread. */
  void answer(CoreAction.AnswerOperator answer) {
    complete(answer.ticket(), SentinelReplies.order(answer.result()));
  }

  private void complete(long ticket, Reply reply) {
    CompletableFuture<Reply> waiting = questions.remove(ticket);
    if (waiting != null) {
      waiting.complete(reply);
    }
  }

  /** Called on the core's thread; never blocks. */
  void publish(String channel, String payload) {
    clients.keySet().forEach(c -> c.publish(channel, payload));
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(CORE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new CoreBusyException();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CoreBusyException();
    }
  }

  private static final class CoreBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CoreBusyException() {
      super("busy", null, false, false);
    }
  }

  @Override
  public void ended(ClientConnection connection) {
    clients.remove(connection);
  }

  /** What the commands read. */
  private final class Context implements ServerContext {
    @Override
    public CoreView view() {
      return await(loop.view());
    }

    @Override
    public List<PendingScript> scripts() {
      return facts.scripts();
    }

    @Override
    public boolean isHost(String host) {
      return ServerContext.super.isHost(host) || facts.resolves(host);
    }

    @Override
    public boolean isExecutable(String path) {
      try {
        return Files.isExecutable(facts.directory().resolve(path));
      } catch (InvalidPathException e) {
        return false;
      }
    }

    @Override
    public ServerFacts facts() {
      Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
      int channels =
          clients.keySet().stream().mapToInt(c -> c.subscriptions().channels().size()).sum();
      int patterns =
          clients.keySet().stream().mapToInt(c -> c.subscriptions().patterns().size()).sum();
      return new ServerFacts(
          runId,
          ProcessHandle.current().pid(),
          address.port(),
          (clock.millis() - startedMillis) / 1000,
          clients.size(),
          MAX_CLIENTS,
          accepted.get(),
          served.get(),
          channels,
          patterns,
          cpu.toMillis() / 1000.0);
    }
  }

  @Override
  public void close() {
    closed = true;
    servers.forEach(RespListener::closeQuietly);
    clients.keySet().forEach(ClientConnection::close);
  }

  static void closeQuietly(ServerSocket socket) {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        log.debug("closing {}: {}", socket, e.getMessage());
      }
    }
  }
}
