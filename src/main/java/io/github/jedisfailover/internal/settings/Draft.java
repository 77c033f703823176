package io.github.jedisfailover.internal.settings;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.config.Preset;
import io.github.jedisfailover.config.PubSubBuffer;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.config.RetryPolicy;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;

/** What was set by name so far. Not thread-safe. */
final class Draft {
  private static final Pattern NEAR = Pattern.compile(";(subnet|zone|near)=");

  final FailoverConfig.Builder client;
  final LoginDraft login = new LoginDraft();
  final List<Consumer<GenericObjectPoolConfig<Connection>>> pool = new ArrayList<>();
  final List<UnaryOperator<RetryPolicy>> retry = new ArrayList<>();
  final List<NodeAddress> sentinels = new ArrayList<>();
  String zone;
  Map<NodeAddress, String> zones;
  Duration initialBackoff;
  Duration maxBackoff;
  boolean staticNodes;

  private final StoresDraft voterTls = new StoresDraft("voterTls.");
  private final ListenerTlsDraft listenerTls = new ListenerTlsDraft();
  private Preset preset;
  private MonitorConfig.Builder monitor;
  private ListenerConfig.Builder listener;
  private PubSubBuffer pubSubBuffer = PubSubBuffer.DEFAULT;
  private boolean votersSet;
  private String monitorNeeds;

  Draft(FailoverConfig.Builder client) {
    this.client = client;
  }

  void preset(Preset chosen) {
    preset = chosen;
    client.preset(chosen);
    if (monitor != null) {
      monitor.preset(chosen);
    }
  }

  void voters(NodeAddress... voters) {
    monitor("monitors").voters(voters);
    votersSet = true;
  }

  /**
   * @param setting whose value goes there
   */
  MonitorConfig.Builder monitor(String setting) {
    if (monitor == null) {
      monitor = MonitorConfig.builder();
      monitorNeeds = setting;
      if (preset != null) {
        monitor.preset(preset);
      }
    }
    return monitor;
  }

  /**
   * @param setting whose value goes there
   */
  ListenerConfig.Builder listener(String setting) {
    monitor(setting);
    if (listener == null) {
      listener = ListenerConfig.builder();
    }
    return listener;
  }

  /**
   * @param setting whose value goes there
   */
  ListenerTlsDraft listenerTls(String setting) {
    listener(setting);
    return listenerTls;
  }

  /**
   * @param setting whose value goes there
   */
  StoresDraft voterTls(String setting) {
    monitor(setting);
    return voterTls;
  }

  void pubSubBuffer(String setting, UnaryOperator<PubSubBuffer> change) {
    pubSubBuffer = change.apply(pubSubBuffer);
    listener(setting).pubSubBuffer(pubSubBuffer);
  }

  ReadFrom readFrom(ReadFrom given) {
    Needs.check("zones", zones, "zone", zone);
    Needs.check("zone", zone, "zones", zones);
    if (zone == null) {
      return given;
    }
    if (NEAR.matcher(given.toString()).find()) {
      throw new IllegalArgumentException(
          "zone must be the only preference for near nodes, was set together with readFrom "
              + given);
    }
    return given.inZone(zone, zones);
  }

  RetryPolicy retry(RetryPolicy given) {
    RetryPolicy policy = given;
    if (initialBackoff != null || maxBackoff != null) {
      Duration first = initialBackoff == null ? given.initialBackoff() : initialBackoff;
      Duration longest = maxBackoff == null ? given.maxBackoff() : maxBackoff;
      if (longest.compareTo(first) < 0) {
        throw new IllegalArgumentException(
            "retry.maxBackoff must be retry.initialBackoff or longer, "
                + first.toMillis()
                + " ms, was "
                + longest.toMillis()
                + " ms");
      }
      policy = new RetryPolicy(given.maxAttempts(), first, longest, given.repeats());
    }
    for (UnaryOperator<RetryPolicy> change : retry) {
      policy = change.apply(policy);
    }
    return policy;
  }

  boolean hasMonitor() {
    return monitor != null;
  }

  MonitorConfig buildMonitor() {
    if (!votersSet) {
      throw new IllegalArgumentException(
          "monitors must be set when " + monitorNeeds + " is: 1..15 addresses, was none");
    }
    voterTls.check();
    if (voterTls.isSet()) {
      monitor.voterTls(voterTls.context());
    }
    if (listener != null) {
      listenerTls.build().ifPresent(listener::tls);
      monitor.listener(listener.build());
    }
    return monitor.build();
  }
}
