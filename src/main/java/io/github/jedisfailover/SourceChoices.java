package io.github.jedisfailover;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.internal.settings.NamedSettings;
import io.github.jedisfailover.internal.source.NodeDirectory;
import io.github.jedisfailover.internal.source.ObserverSource;
import io.github.jedisfailover.internal.source.StaticSource;
import io.github.jedisfailover.internal.source.Voters;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySource;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPortMapper;
import redis.clients.jedis.JedisClientConfig;

/** Where one builder's client learns who is master: exactly one way. Not thread-safe. */
final class SourceChoices {
  private static final int MAX_SENTINELS = 15;

  private final Map<Way, Machinery.SourceChoice> chosen = new EnumMap<>(Way.class);
  private List<NodeAddress> sentinels = List.of();
  private JedisClientConfig sentinelConfig = DefaultJedisClientConfig.builder().build();

  /** The setters that exclude each other, in the order in which a message names them. */
  private enum Way {
    OWN_MONITOR("monitor(MonitorConfig)"),
    SHARED_MONITOR("monitor(EmbeddedMonitor)"),
    NAMED_MONITOR("monitors by name"),
    SENTINELS("sentinels"),
    STATIC_NODES("staticNodes"),
    SOURCE("source(TopologySource)");

    private final String setter;

    Way(String setter) {
      this.setter = setter;
    }

    @Override
    public String toString() {
      return setter;
    }
  }

  /** The same setter twice is no contradiction: the last value counts. */
  void monitor(MonitorConfig monitor) {
    chosen.put(Way.OWN_MONITOR, own(monitor));
  }

  void monitor(EmbeddedMonitor monitor) {
    chosen.put(Way.SHARED_MONITOR, (group, events, figures) -> monitor.source(group));
  }

  void source(TopologySource source) {
    chosen.put(Way.SOURCE, (group, events, figures) -> source);
  }

  void staticNodes() {
    chosen.put(
        Way.STATIC_NODES,
        (group, events, figures) -> new StaticSource(group, MonotonicClock.SYSTEM));
  }

  void sentinels(NodeAddress... addresses) {
    List<NodeAddress> given = List.of(addresses);
    if (given.isEmpty() || given.size() > MAX_SENTINELS) {
      throw new IllegalArgumentException(
          "sentinels must be 1.." + MAX_SENTINELS + " addresses, was " + given.size());
    }
    if (new HashSet<>(given).size() != given.size()) {
      throw new IllegalArgumentException("sentinels must be different addresses, was " + given);
    }
    sentinels = given;
    chosen.put(
        Way.SENTINELS,
        (group, events, figures) ->
            new ObserverSource(group, voters(group, sentinelConfig), MonotonicClock.SYSTEM));
  }

  void sentinelConfig(JedisClientConfig config) {
    sentinelConfig = config;
  }

  private static Machinery.SourceChoice own(MonitorConfig monitor) {
    return (group, events, figures) -> EmbeddedMonitor.sourceFor(group, monitor, events, figures);
  }

  /** With what was set by name. */
  SourceChoices with(NamedSettings named) {
    SourceChoices all = new SourceChoices();
    all.chosen.putAll(chosen);
    all.sentinels = sentinels;
    all.sentinelConfig = named.sentinelLogin(sentinelConfig);
    if (!named.sentinels().isEmpty()) {
      all.sentinels(named.sentinels().toArray(NodeAddress[]::new));
    } else if (chosen.containsKey(Way.SENTINELS)) {
      all.sentinels(sentinels.toArray(NodeAddress[]::new));
    }
    named
        .sentinelSetting()
        .filter(name -> !all.chosen.containsKey(Way.SENTINELS))
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "sentinels must be set when " + name + " is, was not set");
            });
    if (named.staticNodes()) {
      all.staticNodes();
    }
    named.monitor().ifPresent(m -> all.chosen.put(Way.NAMED_MONITOR, own(m)));
    return all;
  }

  Machinery.SourceChoice only() {
    if (chosen.size() != 1) {
      throw new IllegalArgumentException(
          "exactly one of monitor(MonitorConfig), monitor(EmbeddedMonitor), monitors by name,"
              + " sentinels, staticNodes and source(TopologySource) must be set, was "
              + chosen.keySet());
    }
    return chosen.values().iterator().next();
  }

  /** Sentinels are asked for nodes to begin with if none are given. */
  FailoverConfig withNodes(FailoverConfig group) {
    if (!group.nodes().isEmpty()) {
      return group;
    }
    if (!chosen.containsKey(Way.SENTINELS)) {
      throw new IllegalArgumentException("nodes must be set: 1..100 addresses, was none");
    }
    List<NodeAddress> found =
        NodeDirectory.ask(
            voters(group, sentinelConfig),
            group.masterName(),
            group.startTimeout().toMillis(),
            MonotonicClock.SYSTEM);
    return found.isEmpty()
        ? group
        : group.toBuilder().nodes(found.toArray(NodeAddress[]::new)).build();
  }

  private Voters voters(FailoverConfig group, JedisClientConfig login) {
    HostAndPortMapper own = login.getHostAndPortMapper();
    HostAndPortMapper mapper = own != null ? own : group.clientConfig().getHostAndPortMapper();
    return new Voters(
        sentinels,
        DefaultJedisClientConfig.builder().from(login).hostAndPortMapper(mapper).build());
  }
}
