package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.internal.monitor.core.Order;
import io.github.jedisfailover.internal.monitor.core.PendingScript;
import io.github.jedisfailover.internal.monitor.wire.AccessControl;
import io.github.jedisfailover.internal.monitor.wire.ClientDirectory;
import io.github.jedisfailover.internal.monitor.wire.ClientState;
import io.github.jedisfailover.internal.monitor.wire.CommandTable;
import io.github.jedisfailover.internal.monitor.wire.Reply;
import io.github.jedisfailover.internal.monitor.wire.SentinelReplies;
import io.github.jedisfailover.internal.monitor.wire.Served;
import io.github.jedisfailover.internal.monitor.wire.ServedNames;
import io.github.jedisfailover.internal.monitor.wire.ServerContext;
import io.github.jedisfailover.internal.monitor.wire.ServerFacts;
import io.github.jedisfailover.internal.monitor.wire.Subscriptions;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the other voters and any Sentinel client on the addresses that were taken for it. */
final class RespListener implements AutoCloseable, ClientConnection.RequestHandler {
  private static final Logger log = LoggerFactory.getLogger(RespListener.class);

  /** Redis' text for a shutdown that failed: who runs inside an application does not end it. */
  private static final String NOT_HERE = "ERR Errors trying to SHUTDOWN. Check logs.";

  private static final long CORE_MILLIS = 1_000;

  /** It is answered when it has ended. */
  private static final long SWITCHOVER_MILLIS = 30_000;

  private static final long ACCEPT_PAUSE_MILLIS = 100;

  private final NodeAddress address;
  private final ListenerConfig config;
  private final ListenerSockets sockets;
  private final ListenerAccess access;
  private final CoreLoop loop;
  private final DaemonThreads threads;
  private final MonotonicClock clock;
  private final String runId;
  private final ListenerFacts facts;
  private final long startedMillis;
  private final CommandTable commands = new CommandTable();
  private final ListenerClients clients;
  private final Map<Long, CompletableFuture<Reply>> questions = new ConcurrentHashMap<>();
  private final AtomicLong tickets = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong served = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final ServerContext context = new Context();
  private volatile boolean closed;

  /**
   * @param port closes with the listener
   */
  RespListener(
      ListenerSetup port,
      CoreLoop loop,
      DaemonThreads threads,
      MonotonicClock clock,
      String runId,
      ListenerFacts facts) {
    this.address = port.address();
    this.config = port.config();
    this.sockets = port.sockets();
    this.access = port.access();
    this.clients = new ListenerClients(config.maxClients());
    this.loop = loop;
    this.threads = threads;
    this.clock = clock;
    this.runId = runId;
    this.facts = facts;
    this.startedMillis = clock.millis();
  }

  void start() {
    int count = 0;
    for (ListenerSockets.Door door : sockets.doors()) {
      threads.start(count == 0 ? "listen" : "listen-" + count, () -> acceptAll(door));
      count++;
    }
  }

  private void acceptAll(ListenerSockets.Door door) {
    while (!closed) {
      try {
        accept(door.server().accept(), door);
      } catch (IOException e) {
        if (closed || !DaemonThreads.pause(ACCEPT_PAUSE_MILLIS)) {
          return;
        }
        log.debug("[{}] accept failed: {}", threads.owner(), e.getMessage());
      }
    }
  }

  private void accept(Socket socket, ListenerSockets.Door door) throws IOException {
    Optional<String> refusal = refusal(socket);
    if (refusal.isPresent()) {
      rejected.incrementAndGet();
      try (socket) {
        if (door.tls().isEmpty()) {
          socket.getOutputStream().write(new Reply.Error(refusal.get()).encode(false));
        }
      }
      return;
    }
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    long id = accepted.incrementAndGet();
    ClientConnection connection =
        new ClientConnection(
            new ClientConnection.Guest(id, socket, door, !loginNeeded()),
            config,
            threads,
            clock,
            this);
    clients.add(connection);
    if (closed) {
      connection.close();
    }
    try {
      threads.start("client-" + id, connection);
    } catch (IllegalStateException | OutOfMemoryError e) { // no thread: refuse, do not stop
      ended(connection);
      connection.close();
    }
  }

  private Optional<String> refusal(Socket socket) {
    if (clients.isFull()) {
      return Optional.of("ERR max number of clients reached");
    }
    return ProtectedMode.refusal(config, access.users(), socket.getInetAddress());
  }

  @Override
  public boolean loginNeeded() {
    return access.users().loginNeeded();
  }

  @Override
  public String nameOf(List<String> request) {
    return CommandTable.shownName(request, facts.names());
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
      if (todo instanceof Served.Shutdown) {
        boolean ends = facts.end();
        return new Served.Answer(ends ? Reply.NOTHING : new Reply.Error(NOT_HERE), state, ends);
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
                ticket, question.master(), question.epoch(), question.candidate()),
        CORE_MILLIS);
  }

  private Reply ask(Served.AskOperator question) {
    boolean takesLong = question.order() instanceof Order.Switchover;
    return ask(
        ticket -> new CoreInput.Operator(ticket, question.order()),
        takesLong ? SWITCHOVER_MILLIS : CORE_MILLIS);
  }

  private Reply ask(LongFunction<CoreInput> question, long limitMillis) {
    long ticket = tickets.incrementAndGet();
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    questions.put(ticket, answer);
    try {
      loop.feed(question.apply(ticket));
      return await(answer, limitMillis);
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
    clients.stream().forEach(c -> c.publish(channel, payload));
  }

  private static <T> T await(CompletableFuture<T> future, long limitMillis) {
    try {
      return future.get(limitMillis, TimeUnit.MILLISECONDS);
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
      return await(loop.view(), CORE_MILLIS);
    }

    @Override
    public ClientDirectory clients() {
      return clients;
    }

    @Override
    public AccessControl access() {
      return access;
    }

    @Override
    public ServedNames names() {
      return facts.names();
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
      ProcessHandle.Info process = ProcessHandle.current().info();
      return new ServerFacts(
          runId,
          ProcessHandle.current().pid(),
          address.port(),
          System.getProperty("os.name") + " " + System.getProperty("os.version"),
          process.command().orElse(""),
          "",
          TimeUnit.MILLISECONDS.toMicros(clock.wallNow().toEpochMilli()),
          (clock.millis() - startedMillis) / 1000,
          clients.count(),
          clients.limit(),
          accepted.get(),
          served.get(),
          rejected.get(),
          different(Subscriptions::channels),
          different(Subscriptions::patterns),
          process.totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0);
    }
  }

  private int different(Function<Subscriptions, Set<String>> names) {
    return (int)
        clients.stream().flatMap(c -> names.apply(c.subscriptions()).stream()).distinct().count();
  }

  @Override
  public void close() {
    closed = true;
    sockets.close();
    clients.stream().forEach(ClientConnection::close);
  }
}
