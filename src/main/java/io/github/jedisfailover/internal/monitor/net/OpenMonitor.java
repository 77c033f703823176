package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.internal.monitor.core.MasterSettings;
import io.github.jedisfailover.internal.monitor.core.MonitorCore;
import io.github.jedisfailover.internal.monitor.core.Order;
import io.github.jedisfailover.internal.monitor.core.PersistentState;
import io.github.jedisfailover.internal.monitor.core.Target;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.Entropy;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that is open while a monitor runs: the address, the state, the core's loop, the links and
 * their threads. Made in one go and closed in one go, by one thread each.
 */
final class OpenMonitor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OpenMonitor.class);

  private final MonitorSetup setup;
  private final WatchedGroups groups;
  private final VoteStore store;
  private final PersistentState stored;
  private final DaemonThreads threads;
  private final CoreLoop loop;
  private final RespListener listener;
  private final OrderDesk orders = new OrderDesk();
  private final LinkSet links = new LinkSet(this::openLink);

  private OpenMonitor(
      MonitorSetup setup,
      WatchedGroups groups,
      ListenerSockets bound,
      ListenerAccess access,
      VoteStore store,
      Optional<PersistentState> loaded) {
    this.setup = setup;
    this.groups = groups;
    this.store = store;
    stored = loaded.orElseGet(OpenMonitor::firstState);
    threads = new DaemonThreads(setup.owner());
    NodeAddress me = setup.me();
    MonitorCore core =
        setup
            .cores()
            .create(stored.myId(), me, setup.config().voters(), stored, loaded.isPresent());
    LateSink sink = new LateSink(orders);
    loop = new CoreLoop(setup.owner(), core, sink, setup.clock(), setup.metrics());
    ListenerSetup port = new ListenerSetup(me, setup.config().listener(), bound, access);
    listener =
        new RespListener(port, loop, threads, setup.clock(), Entropy.id(), ListenerFacts.NONE);
    EventReports reports = new EventReports(setup.owner(), setup.events(), setup.clock());
    sink.target =
        new ActionRouter(links, store, listener, reports, groups::publish, OpenMonitor::notHere);
  }

  /**
   * Takes the address and the state; starts no thread yet. Leaves nothing open if it fails.
   *
   * @throws IllegalStateException if the address or the state directory cannot be used
   */
  static OpenMonitor open(MonitorSetup setup, WatchedGroups groups) {
    ListenerAccess access = ListenerAccess.of(setup.config().listener(), setup.clock());
    ListenerSockets bound = ListenerSockets.bind(setup.me(), setup.config().listener());
    VoteStore store = null;
    OpenMonitor made = null;
    try {
      store =
          setup
              .config()
              .stateDirectory()
              .map(VoteStore::inDirectory)
              .orElseGet(VoteStore::inMemory);
      made = new OpenMonitor(setup, groups, bound, access, store, store.load());
      return made;
    } finally {
      if (made == null) {
        bound.close();
        if (store != null) {
          store.close();
        }
      }
    }
  }

  /**
   * Not stored before the core says so: a file that exists is taken for the memory of all votes.
   */
  private static PersistentState firstState() {
    return new PersistentState(Entropy.id(), 0, List.of());
  }

  /** An application runs no scripts and is not ended; its settings are those it was built with. */
  private static void notHere(CoreAction action) {
    log.debug("not carried out in an application: {}", action);
  }

  /** The loop needs the router, the router the listener, the listener the loop. */
  private static final class LateSink implements ActionSink {
    private final OrderDesk orders;
    private ActionSink target;

    private LateSink(OrderDesk orders) {
      this.orders = orders;
    }

    @Override
    public void carryOut(CoreAction action) {
      if (!(action instanceof CoreAction.AnswerOperator answer && orders.answer(answer))) {
        target.carryOut(action);
      }
    }

    @Override
    public void store(PersistentState state) throws IOException {
      target.store(state);
    }
  }

  void start() {
    loop.start(threads);
    listener.start();
  }

  String myId() {
    return stored.myId();
  }

  /** Empty before the first turn of the loop. */
  Optional<CoreView> glimpse() {
    return Optional.ofNullable(loop.glimpse());
  }

  void feed(CoreInput input) {
    loop.feed(input);
  }

  /** Returns why the order was not carried out; empty if it was. */
  Optional<String> order(Order order, Duration limit) {
    return orders.give(order, this::feed, limit);
  }

  /** The master is known from the last run, or searched among the seeds. */
  void watch(FailoverConfig group, MonitorConfig settings) {
    String name = group.masterName();
    MasterSettings times =
        new MasterSettings(
            name,
            settings.quorum(),
            settings.downAfter().toMillis(),
            settings.failoverTimeout().toMillis(),
            settings.parallelSyncs());
    SeedNames names = new SeedNames(group);
    BiConsumer<NodeAddress, List<NodeAddress>> found =
        (master, seeds) -> feed(new CoreInput.Watch(times, master, seeds));
    Optional<PersistentState.Group> known = stored.group(name);
    if (known.isPresent()) {
      found.accept(known.get().master(), names.lookUp());
      return;
    }
    LinkConfig connection = SeedScan.connection(group.clientConfig(), myId());
    SeedScan scan = new SeedScan(threads, setup.clock(), name, names, connection, found);
    groups.search(name, scan, threads);
  }

  /** Called on the core's thread. */
  private Link openLink(Target target) {
    long downAfter = setup.config().downAfter().toMillis();
    if (target instanceof Target.Redis redis) {
      return NodeLink.open(
          threads,
          myId(),
          redis,
          LinkAccess.ofApplication(groups.clientConfig(redis.master())),
          LinkTiming.forNode(downAfter),
          loop::feed);
    }
    return PeerLink.open(
        threads,
        myId(),
        (Target.Peer) target,
        LinkAccess.ofApplication(VoterLogin.of(setup.config()).build()),
        LinkTiming.forPeer(downAfter),
        loop::feed);
  }

  /** The state directory last: until its thread has ended the core may still store. */
  @Override
  public void close() {
    orders.close();
    listener.close();
    loop.close();
    links.close();
    threads.close();
    store.close();
  }
}
