package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.MasterSettings;
import io.github.jedisfailover.internal.monitor.core.MonitorCore;
import io.github.jedisfailover.internal.monitor.core.PersistentState;
import io.github.jedisfailover.internal.monitor.core.SentinelCore;
import io.github.jedisfailover.internal.monitor.core.Target;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.Entropy;
import io.github.jedisfailover.internal.runtime.EventDispatcher;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One voter: builds, starts and closes the core's loop and everything around it. Thread-safe. */
public final class MonitorRuntime implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MonitorRuntime.class);

  private final MonitorConfig config;
  private final NodeAddress me;
  private final EventDispatcher events;
  private final FailoverMetrics metrics;
  private final MonotonicClock clock;
  private final CoreFactory cores;
  private final DaemonThreads threads;
  private final ReentrantLock lifecycle = new ReentrantLock();
  private final Map<String, Group> groups = new ConcurrentHashMap<>();
  private final List<SeedScan> scans = new CopyOnWriteArrayList<>();
  private final LinkSet links = new LinkSet(this::openLink);
  private VoteStore store;
  private RespListener listener;
  private volatile CoreLoop loop;
  private PersistentState stored;
  private boolean started;
  private boolean closed;

  /** Makes the core; a seam for tests. */
  interface CoreFactory {
    MonitorCore create(
        String myId,
        NodeAddress me,
        List<NodeAddress> voters,
        PersistentState stored,
        boolean remembers);
  }

  private record Group(FailoverConfig config, TopologyFeed feed) {}

  /**
   * @param owner in thread names, logs and events
   * @param config must name the voter to listen on
   * @param events hears of all groups; stays open when this closes
   */
  public MonitorRuntime(
      String owner, MonitorConfig config, EventDispatcher events, FailoverMetrics metrics) {
    this(
        owner,
        config,
        events,
        metrics,
        MonotonicClock.SYSTEM,
        (id, me, voters, stored, remembers) ->
            new SentinelCore(id, me, voters, stored, remembers, Entropy.seed()));
  }

  MonitorRuntime(
      String owner,
      MonitorConfig config,
      EventDispatcher events,
      FailoverMetrics metrics,
      MonotonicClock clock,
      CoreFactory cores) {
    this.config = config;
    this.me =
        config
            .listen()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "listen must be set to one of the voters "
                            + config.voters()
                            + " for a monitor, was not set"));
    this.events = events;
    this.metrics = metrics;
    this.clock = clock;
    this.cores = cores;
    this.threads = new DaemonThreads(owner);
  }

  /**
   * Takes the address and the state, and begins; a second call does nothing.
   *
   * @throws IllegalStateException if the address or the state directory cannot be used
   */
  public void start() {
    lifecycle.lock();
    try {
      if (closed) {
        throw new IllegalStateException("monitor " + threads.owner() + " is closed");
      }
      if (!started) {
        open();
        started = true;
      }
    } catch (RuntimeException e) {
      closeAll();
      throw e;
    } finally {
      lifecycle.unlock();
    }
  }

  private void open() {
    ServerSocket bound = RespListener.bind(me);
    boolean complete = false;
    try {
      store = config.stateDirectory().map(VoteStore::inDirectory).orElseGet(VoteStore::inMemory);
      Optional<PersistentState> loaded = store.load();
      stored = loaded.orElseGet(MonitorRuntime::firstState);
      build(loaded.isPresent());
      loop.start(threads);
      listener.start(bound);
      complete = true;
    } finally {
      if (!complete) {
        closeQuietly(bound);
      }
    }
    log.info(
        "[{}] monitor {} listens on {}, voters {}",
        threads.owner(),
        stored.myId(),
        me,
        config.voters());
  }

  /**
   * Not stored before the core says so: a file that exists is taken for the memory of all votes.
   */
  private static PersistentState firstState() {
    return new PersistentState(Entropy.id(), 0, List.of());
  }

  private void build(boolean remembers) {
    MonitorCore core = cores.create(stored.myId(), me, config.voters(), stored, remembers);
    EventReports reports = new EventReports(threads.owner(), events, clock);
    LateSink sink = new LateSink();
    loop = new CoreLoop(threads.owner(), core, sink, clock, metrics);
    listener = new RespListener(me, loop, threads, clock, Entropy.id());
    sink.target = new ActionRouter(links, store, listener, reports, this::publish);
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

  /**
   * Watches a group from now on; the first call for a name counts, later ones share it.
   *
   * @param settings quorum and times of this group
   */
  public void watch(FailoverConfig group, MonitorConfig settings) {
    List<NodeAddress> seeds = SeedNames.numeric(group);
    lifecycle.lock();
    try {
      if (!started || closed) {
        throw new IllegalStateException("monitor " + threads.owner() + " does not run");
      }
      String name = group.masterName();
      if (groups.putIfAbsent(name, new Group(group, new TopologyFeed())) != null) {
        log.debug("[{}] {} is watched already", threads.owner(), name);
        return;
      }
      Consumer<NodeAddress> watch = master -> feedWatch(name, settings, master, seeds);
      Optional<PersistentState.Group> known = stored.group(name);
      if (known.isPresent()) {
        watch.accept(known.get().master());
      } else {
        scan(group, seeds, watch);
      }
    } finally {
      lifecycle.unlock();
    }
  }

  private void scan(FailoverConfig group, List<NodeAddress> seeds, Consumer<NodeAddress> watch) {
    SeedScan scan =
        new SeedScan(
            threads,
            clock,
            group.masterName(),
            seeds,
            group.clientConfig(),
            "sentinel-" + stored.myId().substring(0, 8) + "-seed",
            watch);
    scans.add(scan);
    threads.start("seeds-" + group.masterName(), scan);
  }

  private void feedWatch(
      String name, MonitorConfig settings, NodeAddress master, List<NodeAddress> seeds) {
    loop.feed(
        new CoreInput.Watch(
            new MasterSettings(
                name,
                settings.quorum(),
                settings.downAfter().toMillis(),
                settings.failoverTimeout().toMillis(),
                settings.parallelSyncs()),
            master,
            seeds));
  }

  /**
   * Hears the snapshots of a watched group, the last one at once.
   *
   * @param sink never blocks; may get a snapshot twice
   * @return ends the subscription
   */
  public Runnable subscribe(String masterName, Consumer<TopologySnapshot> sink) {
    Group group = groups.get(masterName);
    if (group == null) {
      throw new IllegalArgumentException("master group " + masterName + " is not watched");
    }
    return group.feed().subscribe(sink);
  }

  /** Somebody had trouble with a node of this group. Never blocks for long. */
  public void hint(String masterName, NodeAddress node) {
    CoreLoop running = loop;
    if (running != null) {
      running.feed(new CoreInput.Hint(masterName, node));
    }
  }

  private void publish(CoreAction.PublishTopology action) {
    Group group = groups.get(action.masterName());
    if (group != null) {
      group.feed().publish(action.snapshot());
    }
  }

  /** Called on the core's thread. */
  private Link openLink(Target target) {
    long downAfter = config.downAfter().toMillis();
    if (target instanceof Target.Redis redis) {
      Group group = groups.get(redis.master());
      return NodeLink.open(
          threads,
          stored.myId(),
          redis,
          group.config().clientConfig(),
          LinkTiming.forNode(downAfter),
          loop::feed);
    }
    return PeerLink.open(
        threads, stored.myId(), (Target.Peer) target, LinkTiming.forPeer(downAfter), loop::feed);
  }

  @Override
  public void close() {
    lifecycle.lock();
    try {
      closeAll();
    } finally {
      lifecycle.unlock();
    }
  }

  private void closeAll() {
    if (closed) {
      return;
    }
    closed = true;
    scans.forEach(SeedScan::close);
    if (listener != null) {
      listener.close();
    }
    if (loop != null) {
      loop.close();
    }
    links.close();
    threads.close();
    if (store != null) {
      store.close();
    }
    if (started) {
      log.info("[{}] monitor on {} stopped", threads.owner(), me);
    }
  }

  private static void closeQuietly(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("closing {}: {}", socket, e.getMessage());
    }
  }
}
