package io.github.jedisfailover.testsupport;

import io.github.jedisfailover.EmbeddedMonitor;
import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologyView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.util.SafeEncoder;

/** One voter in this JVM that can be closed and started again. Used by one thread. */
public final class LocalVoter implements AutoCloseable, FailoverListener {
  private static final ProtocolCommand SENTINEL =
      () -> "SENTINEL".getBytes(StandardCharsets.US_ASCII);

  private final MonitorConfig config;
  private final Map<String, FailoverConfig> groups = new LinkedHashMap<>();
  private final Map<String, TopologyView> views = new ConcurrentHashMap<>();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final LoopDelays delays = new LoopDelays();
  private EmbeddedMonitor monitor;

  LocalVoter(MonitorConfig config) {
    this.config = config;
  }

  /** Starts it, or starts it again, and watches all groups it was ever told to. */
  public void start() {
    monitor = EmbeddedMonitor.start(config, List.of(this), delays);
    groups.values().forEach(this::follow);
  }

  /** Watches a group from now on; of a stopped voter, from its next start. */
  public void watch(FailoverConfig group) {
    groups.put(group.masterName(), group);
    if (isRunning()) {
      follow(group);
    }
  }

  private void follow(FailoverConfig group) {
    views.put(group.masterName(), monitor.watch(group));
  }

  /** Closes it as an application that ends does; the state directory stays. */
  public void stop() {
    EmbeddedMonitor running = monitor;
    monitor = null;
    if (running != null) {
      running.close();
    }
  }

  public boolean isRunning() {
    return monitor != null;
  }

  /**
   * Whether it has state on disk. A voter that starts without writes none before it gives votes.
   */
  public boolean remembers() {
    return config
        .stateDirectory()
        .filter(d -> Files.exists(d.resolve("monitor.state")))
        .isPresent();
  }

  public EmbeddedMonitor monitor() {
    return monitor;
  }

  public NodeAddress address() {
    return config.listen().orElseThrow();
  }

  public TopologyView view(String masterName) {
    return views.get(masterName);
  }

  /** Of its core's loop, over all its starts. */
  public LoopDelays delays() {
    return delays;
  }

  /** What it reported since it was first started: name and payload. */
  public List<String> events() {
    return List.copyOf(events);
  }

  @Override
  public void onMonitorReported(FailoverEvent.MonitorReported event) {
    events.add(event.name() + " " + event.payload());
  }

  /** SENTINEL with these arguments; strings, numbers and lists of them come back. */
  public Object ask(String... arguments) {
    DefaultJedisClientConfig plain =
        DefaultJedisClientConfig.builder()
            .autoNegotiateProtocol(false)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .build();
    HostAndPort target = new HostAndPort(address().host(), address().port());
    try (Connection connection = new Connection(target, plain)) {
      CommandArguments request = new CommandArguments(SENTINEL);
      Arrays.stream(arguments).forEach(request::add);
      return SafeEncoder.encodeObject(connection.executeCommand(request));
    }
  }

  /** Asks for its vote on the death of this master, as a candidate does; returns whom it is for. */
  public String askForVote(RedisNode master, long epoch, String candidate) {
    NodeAddress a = master.address();
    Object answer = ask("IS-MASTER-DOWN-BY-ADDR", a.host(), "" + a.port(), "" + epoch, candidate);
    return ((List<?>) answer).get(1).toString();
  }

  @Override
  public void close() {
    stop();
  }

  @Override
  public String toString() {
    return address().toString();
  }
}
