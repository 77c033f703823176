package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.internal.monitor.conf.ProcessSettings;
import io.github.jedisfailover.internal.monitor.conf.SentinelConf;
import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.Departures;
import io.github.jedisfailover.internal.monitor.core.Hello;
import io.github.jedisfailover.internal.monitor.core.Login;
import io.github.jedisfailover.internal.monitor.core.PendingScript;
import io.github.jedisfailover.internal.monitor.core.PersistentState;
import io.github.jedisfailover.internal.monitor.core.ScriptQueue;
import io.github.jedisfailover.internal.monitor.core.SentinelCore;
import io.github.jedisfailover.internal.monitor.core.Target;
import io.github.jedisfailover.internal.monitor.tls.ProcessTls;
import io.github.jedisfailover.internal.monitor.wire.ServedNames;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.Entropy;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A monitor that is configured by a {@code sentinel.conf} and keeps its memory there, in one quorum
 * with real Sentinels. Opened, started and closed once, in this order.
 */
public final class SentinelRuntime implements AutoCloseable {
  private static final long FIRST_STEP_SECONDS = 5;
  private static final MonotonicClock CLOCK = MonotonicClock.SYSTEM;

  private final ProcessSettings process;
  private final LinkOutlet outlet;
  private final SentinelHost host;
  private final VoteStore store;
  private final PersistentState state;
  private final DaemonThreads threads = new DaemonThreads("sentinel");
  private final CoreLoop loop;
  private final RespListener listener;
  private final ScriptRunner scripts;
  private final HostLookups lookups;
  private final SentinelActions actions;
  private final LinkSet links = new LinkSet(this::openLink);

  private SentinelRuntime(
      SentinelConf conf,
      Path file,
      SentinelHost host,
      ProcessTls tls,
      Departures departures,
      ListenerSockets bound) {
    this.process = conf.process();
    this.outlet = new LinkOutlet(process.text("bind-source-addr"), tls.links());
    this.host = host;
    store = new ConfVoteStore(new ConfFile(file), conf, Entropy.id(), host::log);
    state = store.load().orElseThrow();
    NodeAddress me = new NodeAddress(Hello.ANY_HOST, announcedPort(process));
    SentinelCore core =
        SentinelCore.discovering(state.myId(), me, state, departures, Entropy.seed());
    LateSink sink = new LateSink();
    loop = new CoreLoop(threads.owner(), core, sink, CLOCK, FailoverMetrics.NONE);
    lookups = new HostLookups(loop::feed);
    Consumer<CoreAction.Report> tell = this::tell;
    scripts =
        new ScriptRunner(
            new ScriptQueue(),
            new ScriptStarter(Path.of(process.dir().orElse("")), true),
            tell,
            CLOCK);
    ListenerConfig port = ProcessListener.config(process);
    listener =
        new RespListener(
            new ListenerSetup(
                new NodeAddress(Hello.ANY_HOST, process.anyPort()),
                port,
                bound,
                ListenerAccess.of(port, CLOCK)),
            loop,
            threads,
            CLOCK,
            Entropy.id(),
            new Facts());
    Reports reports = new HostReports(host);
    actions = new SentinelActions(scripts, lookups, host);
    sink.target = new ActionRouter(links, store, listener, reports, topology -> {}, actions);
  }

  /**
   * Takes the addresses to listen on; starts no thread and leaves the file alone.
   *
   * @param conf the content of {@code file}, and of the command line
   * @param tls what the file says of TLS
   * @param departures from Sentinel's rules
   * @throws ListenException if an address is taken
   * @throws IllegalStateException if the users cannot be read
   */
  public static SentinelRuntime open(
      SentinelConf conf, Path file, SentinelHost host, ProcessTls tls, Departures departures)
      throws ListenException {
    ListenerSockets bound = ListenAddresses.bindAll(conf.process(), tls.listener());
    SentinelRuntime made = null;
    try {
      made = new SentinelRuntime(conf, file, host, tls, departures, bound);
      return made;
    } finally {
      if (made == null) {
        bound.close();
      }
    }
  }

  /** Where the other Sentinels are told to connect; they use TLS if this one does. */
  private static int announcedPort(ProcessSettings process) {
    boolean secured = process.flag("tls-replication") && process.tlsPort() != 0;
    return secured ? process.tlsPort() : process.anyPort();
  }

  public String myId() {
    return state.myId();
  }

  /** Writes the file, with the identity of this monitor. */
  public void save() throws IOException {
    store.save(state);
  }

  /** Clients are answered once all masters are watched, and not before: as with Sentinel. */
  public void start() {
    lookups.start(threads);
    scripts.start(threads);
    loop.start(threads);
    awaitFirstStep();
    listener.start();
  }

  /** A loop that has just started makes its first step before it shows anything. */
  private void awaitFirstStep() {
    try {
      loop.view().get(FIRST_STEP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      host.log(CoreAction.Level.WARNING, "the first step takes long: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Called on the core's thread. */
  private Link openLink(Target target) {
    if (target instanceof Target.Redis redis) {
      return NodeLink.open(
          threads,
          state.myId(),
          redis,
          LinkAccess.ofSentinel(
              () -> actions.login(redis.master()),
              (command, any) -> actions.commandName(command, redis.master()),
              outlet),
          LinkTiming.forNode(actions.downAfterMillis(redis.master())),
          loop::feed);
    }
    return PeerLink.open(
        threads,
        state.myId(),
        (Target.Peer) target,
        LinkAccess.ofSentinel(this::peerLogin, actions::commandName, outlet),
        LinkTiming.forPeer(actions.downAfterMillis("")),
        loop::feed);
  }

  /** As Sentinel: what peers ask for is set, or else the same as what we ask for ourselves. */
  private Login peerLogin() {
    Login set = actions.global().login();
    return set.password().isEmpty() ? new Login("", process.requirepass().orElse("")) : set;
  }

  /** Events of scripts; they concern no master. */
  private void tell(CoreAction.Report report) {
    new HostReports(host).report(report);
    if (report.level() != CoreAction.Level.DEBUG) {
      listener.publish(report.name(), report.payload());
    }
  }

  /** The loop needs the router, the router the listener, the listener the loop. */
  private static final class LateSink implements ActionSink {
    private ActionSink target;

    @Override
    public void carryOut(CoreAction action) {
      target.carryOut(action);
    }

    @Override
    public void store(PersistentState state) throws IOException {
      target.store(state);
    }
  }

  /** Sentinel's log lines. */
  private record HostReports(SentinelHost host) implements Reports {
    @Override
    public void report(CoreAction.Report report) {
      host.log(report.level(), report.name() + " " + report.payload());
    }

    @Override
    public void note(CoreAction.Note note) {
      host.log(note.level(), note.text());
    }
  }

  private final class Facts implements ListenerFacts {
    private final ServedNames names = new ServedNames(process.renamed());

    @Override
    public List<PendingScript> scripts() {
      return scripts.pending();
    }

    @Override
    public ServedNames names() {
      return names;
    }

    @Override
    public Path directory() {
      return Path.of(process.dir().orElse(""));
    }

    @Override
    public boolean resolves(String name) {
      return actions.global().resolveHostnames() && lookups.now(name).isPresent();
    }

    @Override
    public boolean end() {
      host.end();
      return true;
    }
  }

  /** Scripts that run go on running. */
  @Override
  public void close() {
    listener.close();
    loop.close();
    links.close();
    scripts.close();
    threads.close();
    store.close();
  }
}
