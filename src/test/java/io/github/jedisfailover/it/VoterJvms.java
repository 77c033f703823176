package io.github.jedisfailover.it;

import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.testsupport.MonitorProcess;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Three voters, each in a JVM of its own and on a loopback address of its own. */
final class VoterJvms implements AutoCloseable {
  private static final int FIRST_GROUP_ID = 41_001;

  private final List<MonitorProcess> monitors = new ArrayList<>();

  /**
   * @param cuttable whether each runs under a group id of its own, which needs root
   * @param wrappers program and arguments before {@code java}, for the first, second and third
   */
  static VoterJvms start(
      RedisServers servers, RedisGroup group, boolean cuttable, List<List<String>> wrappers) {
    List<NodeAddress> voters = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      String host = "127.0.0.3" + i;
      voters.add(new NodeAddress(host, servers.ports().any(host)));
    }
    VoterJvms jvms = new VoterJvms();
    try {
      for (int i = 0; i < 3; i++) {
        jvms.monitors.add(
            MonitorProcess.start(
                new MonitorProcess.Spec(
                    voters,
                    voters.get(i),
                    group.addresses(),
                    2,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    servers.scratch("voter-" + i),
                    cuttable ? FIRST_GROUP_ID + i : 0,
                    wrappers.isEmpty() ? List.of() : wrappers.get(i))));
      }
      jvms.monitors.forEach(MonitorProcess::awaitMaster);
      // Voters without a state file give no vote before they have heard each other.
      Stage.holds(Duration.ofSeconds(6), () -> true);
      return jvms;
    } catch (RuntimeException e) {
      jvms.close();
      throw e;
    }
  }

  MonitorProcess get(int i) {
    return monitors.get(i);
  }

  List<MonitorProcess> all() {
    return List.copyOf(monitors);
  }

  /** Whether any of them ever reported this event. */
  boolean anyReported(String event) {
    return monitors.stream().anyMatch(m -> !m.events(event).isEmpty());
  }

  String transcript() {
    StringBuilder text = new StringBuilder();
    for (MonitorProcess monitor : monitors) {
      text.append("--- ").append(monitor.address()).append('\n');
      monitor.lines().forEach(l -> text.append(l).append('\n'));
    }
    return text.toString();
  }

  @Override
  public void close() {
    monitors.forEach(MonitorProcess::close);
  }
}
