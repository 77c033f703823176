package io.github.jedisfailover.testing;

import io.github.jedisfailover.EmbeddedMonitor;
import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.internal.monitor.net.FirstState;
import io.github.jedisfailover.internal.testkit.Await;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import io.github.jedisfailover.topology.TopologyView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Voters in this JVM, on ports of 127.0.0.1. They may watch several groups. Thread-safe, but for
 * {@link #watch} and the voters' own start and stop.
 */
public final class LocalMonitors implements AutoCloseable {
  /** The name of a group that is given none. */
  public static final String NAME = "mymaster";

  private final RedisServers servers;
  private final Builder settings;
  private final List<NodeAddress> addresses;
  private final List<LocalVoter> voters;

  private LocalMonitors(RedisServers servers, Builder settings) {
    this.servers = servers;
    this.settings = settings;
    this.addresses = settings.addresses();
    this.voters =
        addresses.stream()
            .map(a -> new LocalVoter(config(a), settings.listeners, settings.metrics))
            .toList();
  }

  /**
   * Three voters with a state directory each, which watch one group under {@link #NAME}.
   *
   * @param servers whose scratch directories they use
   * @param group the group
   * @param downAfter 100 ms to 1 h of silence that make a node subjectively down
   * @return the running voters
   */
  public static LocalMonitors start(RedisServers servers, RedisGroup group, Duration downAfter) {
    return builder(servers).downAfter(downAfter).start().watch(NAME, group);
  }

  /**
   * Settings of voters.
   *
   * @param servers whose ports and scratch directories they use
   * @return a builder with the defaults
   */
  public static Builder builder(RedisServers servers) {
    return new Builder(servers);
  }

  /**
   * Has all voters watch this group.
   *
   * @param name of the group
   * @param group whose nodes they are
   * @return this
   */
  public LocalMonitors watch(String name, RedisGroup group) {
    FailoverConfig config =
        FailoverConfig.builder()
            .masterName(name)
            .nodes(group.addresses())
            .clientConfig(servers.access().client().build())
            .build();
    voters.forEach(v -> v.watch(config));
    return this;
  }

  private MonitorConfig config(NodeAddress voter) {
    MonitorConfig.Builder config = config().listen(voter).failoverTimeout(Duration.ofSeconds(10));
    if (settings.memory) {
      Path directory = servers.scratch("voter-" + voter.port());
      FirstState.store(directory);
      config.stateDirectory(directory);
    }
    settings.more.accept(config, Optional.of(voter));
    return config.build();
  }

  private MonitorConfig.Builder config() {
    MonitorConfig.Builder config =
        MonitorConfig.builder()
            .voters(addresses.toArray(NodeAddress[]::new))
            .downAfter(settings.downAfter);
    if (settings.quorum > 0) {
      config.quorum(settings.quorum);
    }
    return config;
  }

  /**
   * A configuration for a client that only follows these voters, as most JVMs do.
   *
   * @return for the client's builder
   */
  public MonitorConfig observer() {
    MonitorConfig.Builder config = config();
    settings.more.accept(config, Optional.empty());
    return config.build();
  }

  /**
   * Where clients of Sentinels are served.
   *
   * @return one address per voter, stopped ones too
   */
  public List<NodeAddress> addresses() {
    return addresses;
  }

  /**
   * All voters.
   *
   * @return the same for the whole life
   */
  public List<LocalVoter> voters() {
    return voters;
  }

  /**
   * The monitor of the first voter, for a client that shares its JVM with a voter.
   *
   * @return the monitor that runs now
   */
  public EmbeddedMonitor first() {
    return voters.get(0).monitor();
  }

  /**
   * Waits until every voter has state on disk, which one that lost it has not before it gives
   * votes.
   *
   * @return this
   * @throws IllegalStateException after 90 s
   */
  public LocalMonitors awaitVotes() {
    Await.until(
        "votes of all voters",
        RedisGroup.PATIENCE,
        () -> voters.stream().allMatch(LocalVoter::remembers),
        () -> describe(NAME));
    return this;
  }

  /**
   * As {@link #awaitAgreement(String, RedisGroup, RedisNode)} for {@link #NAME}.
   *
   * @param group the group
   * @param master whom they shall take for the master
   * @return this
   * @throws IllegalStateException after 90 s
   */
  public LocalMonitors awaitAgreement(RedisGroup group, RedisNode master) {
    return awaitAgreement(NAME, group, master);
  }

  /**
   * Waits until all running voters see this master and all of its living replicas fit.
   *
   * @param name of the group
   * @param group the group
   * @param master whom they shall take for the master
   * @return this
   * @throws IllegalStateException after 90 s, with what each voter and each node says
   */
  public LocalMonitors awaitAgreement(String name, RedisGroup group, RedisNode master) {
    Await.until(
        "agreement of the voters on " + master,
        RedisGroup.PATIENCE,
        () -> agree(name, group, master),
        () -> describe(name) + "\n" + group.describe());
    return this;
  }

  boolean agree(String name, RedisGroup group, RedisNode master) {
    long replicas = group.nodes().stream().filter(n -> n != master && n.isAlive()).count();
    return running().allMatch(v -> sees(v.view(name), master, replicas));
  }

  private Stream<LocalVoter> running() {
    return voters.stream().filter(LocalVoter::isRunning);
  }

  private static boolean sees(TopologyView view, RedisNode master, long replicas) {
    boolean sameMaster =
        view.current().master().filter(m -> m.address().equals(master.address())).isPresent();
    return sameMaster
        && view.current().replicas().stream().filter(NodeView::fitForReads).count() >= replicas;
  }

  /**
   * The highest epoch of a failover of {@link #NAME} that any running voter knows.
   *
   * @return 0 before the first
   */
  public long epoch() {
    return running().mapToLong(v -> v.view(NAME).current().version().configEpoch()).max().orElse(0);
  }

  /**
   * Different {@code +switch-master} events; several voters report the same one.
   *
   * @return one per failover, name and payload
   */
  public List<String> switches() {
    return events().stream().filter(e -> e.startsWith("+switch-master ")).distinct().toList();
  }

  /**
   * What all voters reported since they were first started, one voter after the other.
   *
   * @return name and payload each
   */
  public List<String> events() {
    return voters.stream().flatMap(v -> v.events().stream()).toList();
  }

  /** What each voter thinks of the group, one line each, for error messages. */
  String describe(String name) {
    return voters.stream()
        .map(v -> "\n  " + v + " " + opinion(v, name))
        .collect(Collectors.joining("", "Monitors:", ""));
  }

  private static String opinion(LocalVoter voter, String name) {
    if (!voter.isRunning()) {
      return "stopped";
    }
    TopologySnapshot seen = voter.view(name).current();
    List<String> events = voter.events();
    return (voter.remembers() ? "votes, " : "gives no vote yet, ")
        + "epoch "
        + seen.version().configEpoch()
        + ", sees "
        + seen.nodes()
        + ", last reported "
        + events.subList(Math.max(0, events.size() - 5), events.size());
  }

  /** Stops all voters. */
  @Override
  public void close() {
    voters.forEach(LocalVoter::close);
  }

  /** Settings of voters. Not thread-safe. */
  public static final class Builder {
    private final RedisServers servers;
    private final List<FailoverListener> listeners = new ArrayList<>();
    private List<NodeAddress> given = List.of();
    private int quorum;
    private Duration downAfter = Duration.ofSeconds(1);
    private boolean memory = true;
    private FailoverMetrics metrics = FailoverMetrics.NONE;
    private BiConsumer<MonitorConfig.Builder, Optional<NodeAddress>> more = (config, voter) -> {};

    private Builder(RedisServers servers) {
      this.servers = Objects.requireNonNull(servers, "servers");
    }

    private List<NodeAddress> addresses() {
      String host = RedisServers.LOOPBACK;
      return given.isEmpty()
          ? Stream.generate(() -> new NodeAddress(host, servers.ports().any(host)))
              .limit(3)
              .toList()
          : given;
    }

    /**
     * Where they listen; default three free ports.
     *
     * @param voters one address per voter
     * @return this builder
     */
    public Builder addresses(List<NodeAddress> voters) {
      this.given = List.copyOf(voters);
      return this;
    }

    /**
     * How many of them must call a master down; default the majority.
     *
     * @param votes 1 to the number of voters
     * @return this builder
     */
    public Builder quorum(int votes) {
      this.quorum = votes;
      return this;
    }

    /**
     * Silence that makes a node subjectively down; default 1 s.
     *
     * @param silence 100 ms to 1 h
     * @return this builder
     */
    public Builder downAfter(Duration silence) {
      this.downAfter = silence;
      return this;
    }

    /**
     * Whether each has a state directory; default {@code true}. They are new, know it, and vote at
     * once.
     *
     * @param onDisk {@code false}: a voter that is stopped forgets its votes, and none votes in its
     *     first two seconds
     * @return this builder
     */
    public Builder memory(boolean onDisk) {
      this.memory = onDisk;
      return this;
    }

    /**
     * Adds a listener of all of them; their events name the voter as {@code monitor-<port>}.
     *
     * @param listener hears of failovers
     * @return this builder
     */
    public Builder listener(FailoverListener listener) {
      listeners.add(listener);
      return this;
    }

    /**
     * Where the figures of all of them go; default nowhere.
     *
     * @param figures takes them
     * @return this builder
     */
    public Builder metrics(FailoverMetrics figures) {
      this.metrics = figures;
      return this;
    }

    /**
     * Changes the monitors' own settings.
     *
     * @param change is given the settings and the voter's address, none for those of {@link
     *     LocalMonitors#observer()}
     * @return this builder
     */
    public Builder settings(BiConsumer<MonitorConfig.Builder, Optional<NodeAddress>> change) {
      this.more = change;
      return this;
    }

    /**
     * Starts the voters.
     *
     * @return they watch nothing yet
     * @throws IllegalArgumentException if a setting is out of range
     * @throws IllegalStateException if an address is taken
     */
    public LocalMonitors start() {
      LocalMonitors started = new LocalMonitors(servers, this);
      try {
        started.voters.forEach(LocalVoter::start);
        return started;
      } catch (RuntimeException e) {
        started.close();
        throw e;
      }
    }
  }
}
