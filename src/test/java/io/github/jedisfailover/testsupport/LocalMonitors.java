package io.github.jedisfailover.testsupport;

import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.EmbeddedMonitor;
import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologyView;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Three voters in this JVM. */
public final class LocalMonitors implements AutoCloseable {
  public static final String NAME = "mymaster";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int VOTERS = 3;

  private final RedisServers servers;
  private final Duration downAfter;
  private final List<NodeAddress> addresses;
  private final List<LocalVoter> voters;
  private final BiConsumer<MonitorConfig.Builder, NodeAddress> more;

  private LocalMonitors(
      RedisServers servers,
      Duration downAfter,
      boolean memory,
      BiConsumer<MonitorConfig.Builder, NodeAddress> more) {
    this.more = more;
    String host = RedisServers.LOOPBACK;
    this.servers = servers;
    this.downAfter = downAfter;
    this.addresses =
        Stream.generate(() -> new NodeAddress(host, servers.ports().any(host)))
            .limit(VOTERS)
            .toList();
    this.voters = addresses.stream().map(a -> new LocalVoter(config(a, memory))).toList();
  }

  /** Voters with a state directory each, which watch one group under {@link #NAME}. */
  public static LocalMonitors start(RedisServers servers, RedisGroup group, Duration downAfter) {
    return start(servers, downAfter, true).watch(NAME, group);
  }

  /**
   * Voters that watch nothing yet.
   *
   * @param memory whether each has a state directory
   */
  public static LocalMonitors start(RedisServers servers, Duration downAfter, boolean memory) {
    return start(servers, downAfter, memory, (config, voter) -> {});
  }

  /**
   * Voters that watch nothing yet.
   *
   * @param more settings of all; for an observer without a voter's address
   */
  public static LocalMonitors start(
      RedisServers servers,
      Duration downAfter,
      boolean memory,
      BiConsumer<MonitorConfig.Builder, NodeAddress> more) {
    LocalMonitors started = new LocalMonitors(servers, downAfter, memory, more);
    try {
      started.voters.forEach(LocalVoter::start);
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  /** Has all voters watch this group. */
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

  private MonitorConfig config(NodeAddress voter, boolean memory) {
    MonitorConfig.Builder config =
        settings(voter).listen(voter).failoverTimeout(Duration.ofSeconds(10));
    if (memory) {
      config.stateDirectory(servers.scratch("voter-" + voter.port()));
    }
    return config.build();
  }

  private MonitorConfig.Builder settings(NodeAddress voter) {
    MonitorConfig.Builder settings =
        MonitorConfig.builder()
            .voters(addresses.toArray(NodeAddress[]::new))
            .quorum(2)
            .downAfter(downAfter);
    more.accept(settings, voter);
    return settings;
  }

  /** A configuration for a JVM that only follows these voters. */
  public MonitorConfig observer() {
    return settings(null).build();
  }

  /** Where clients of Sentinels are served. */
  public List<NodeAddress> addresses() {
    return addresses;
  }

  public List<LocalVoter> voters() {
    return voters;
  }

  public EmbeddedMonitor first() {
    return voters.get(0).monitor();
  }

  /** Waits until every voter has written its state, which it does not before it gives votes. */
  public LocalMonitors awaitVotes() {
    await("voters that vote")
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .until(() -> voters.stream().allMatch(LocalVoter::remembers));
    return this;
  }

  /** As {@link #awaitAgreement(String, RedisGroup, RedisNode)} for {@link #NAME}. */
  public LocalMonitors awaitAgreement(RedisGroup group, RedisNode master) {
    return awaitAgreement(NAME, group, master);
  }

  /** Waits until all running voters see this master and all of its living replicas fit. */
  public LocalMonitors awaitAgreement(String name, RedisGroup group, RedisNode master) {
    long replicas = group.nodes().stream().filter(n -> n != master && n.isAlive()).count();
    await("voters agree on " + master)
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .until(() -> running().allMatch(v -> sees(v.view(name), master, replicas)));
    return this;
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

  /** The highest epoch of a failover of {@link #NAME} that any running voter knows. */
  public long epoch() {
    return running().mapToLong(v -> v.view(NAME).current().version().configEpoch()).max().orElse(0);
  }

  /** Different {@code +switch-master} events; several voters report the same one. */
  public List<String> switches() {
    return events().stream().filter(LocalMonitors::isSwitch).distinct().toList();
  }

  private static boolean isSwitch(String event) {
    return event.startsWith("+switch-master ");
  }

  /** How often one voter has switched, the one that did it most often. */
  public long mostSwitches() {
    return voters.stream()
        .mapToLong(v -> v.events().stream().filter(LocalMonitors::isSwitch).count())
        .max()
        .orElse(0);
  }

  public List<String> events() {
    return voters.stream().flatMap(v -> v.events().stream()).toList();
  }

  @Override
  public void close() {
    voters.forEach(LocalVoter::close);
  }
}
