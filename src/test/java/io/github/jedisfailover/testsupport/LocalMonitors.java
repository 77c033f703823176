package io.github.jedisfailover.testsupport;

import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.EmbeddedMonitor;
import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologyView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Three voters in this JVM that watch one group. */
public final class LocalMonitors implements AutoCloseable {
  public static final String NAME = "mymaster";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<NodeAddress> voters;
  private final List<EmbeddedMonitor> monitors = new ArrayList<>();
  private final List<TopologyView> views = new ArrayList<>();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final Map<NodeAddress, Integer> switches = new ConcurrentHashMap<>();

  private LocalMonitors(List<NodeAddress> voters) {
    this.voters = List.copyOf(voters);
  }

  public static LocalMonitors start(RedisServers servers, RedisGroup group, Duration downAfter) {
    List<NodeAddress> voters = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      voters.add(
          new NodeAddress(RedisServers.LOOPBACK, servers.ports().any(RedisServers.LOOPBACK)));
    }
    LocalMonitors started = new LocalMonitors(voters);
    try {
      voters.forEach(v -> started.startOne(servers, group, v, downAfter));
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private void startOne(
      RedisServers servers, RedisGroup group, NodeAddress voter, Duration downAfter) {
    MonitorConfig config =
        MonitorConfig.builder()
            .voters(voters.toArray(NodeAddress[]::new))
            .listen(voter)
            .quorum(2)
            .downAfter(downAfter)
            .failoverTimeout(Duration.ofSeconds(10))
            .stateDirectory(servers.scratch("voter-" + voter.port()))
            .build();
    FailoverListener listener =
        new FailoverListener() {
          @Override
          public void onMonitorReported(FailoverEvent.MonitorReported event) {
            events.add(event.name() + " " + event.payload());
            if (event.name().equals("+switch-master")) {
              switches.merge(voter, 1, Integer::sum);
            }
          }
        };
    EmbeddedMonitor monitor =
        EmbeddedMonitor.start(config, List.of(listener), FailoverMetrics.NONE);
    monitors.add(monitor);
    views.add(
        monitor.watch(FailoverConfig.builder().masterName(NAME).nodes(group.addresses()).build()));
  }

  public List<NodeAddress> voters() {
    return voters;
  }

  /** A configuration for a JVM that only follows these voters. */
  public MonitorConfig observer(Duration downAfter) {
    return MonitorConfig.builder()
        .voters(voters.toArray(NodeAddress[]::new))
        .quorum(2)
        .downAfter(downAfter)
        .build();
  }

  public EmbeddedMonitor first() {
    return monitors.get(0);
  }

  /** Waits until all voters see this master and all of its living replicas fit. */
  public LocalMonitors awaitAgreement(RedisGroup group, RedisNode master) {
    long replicas = group.nodes().stream().filter(n -> n != master && n.isAlive()).count();
    await("voters agree on " + master)
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .until(() -> views.stream().allMatch(v -> sees(v, master, replicas)));
    return this;
  }

  private static boolean sees(TopologyView view, RedisNode master, long replicas) {
    boolean sameMaster =
        view.current().master().filter(m -> m.address().equals(master.address())).isPresent();
    return sameMaster
        && view.current().replicas().stream().filter(NodeView::fitForReads).count() >= replicas;
  }

  /** The highest epoch of a failover that any voter knows. */
  public long epoch() {
    return views.stream().mapToLong(v -> v.current().version().configEpoch()).max().orElse(0);
  }

  /** Different {@code +switch-master} events; several voters report the same one. */
  public List<String> switches() {
    return events.stream().filter(e -> e.startsWith("+switch-master ")).distinct().toList();
  }

  /** How often one voter has switched, the one that did it most often. */
  public int mostSwitches() {
    return switches.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  public List<String> events() {
    return List.copyOf(events);
  }

  @Override
  public void close() {
    for (int i = monitors.size() - 1; i >= 0; i--) {
      monitors.get(i).close();
    }
  }
}
