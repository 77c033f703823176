package io.github.jedisfailover.it;

import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.testsupport.ClientCounts;
import io.github.jedisfailover.testsupport.MonitorProcess;
import io.github.jedisfailover.testsupport.ObserverProcess;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import redis.clients.jedis.exceptions.JedisException;

/**
 * What many observers cost, and how fast one switch reaches all of them: a master, two replicas,
 * three voters in a JVM each, and observers in a few JVMs. Run as a program it takes the number of
 * observers and of their JVMs.
 */
final class ManyObservers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration CALM = Duration.ofSeconds(10);

  private final RedisServers servers = RedisServers.open();
  private final RedisGroup group = servers.group(2);
  private final List<ObserverProcess> processes = new ArrayList<>();
  private final VoterJvms voters;
  private final int observers;
  private final Map<String, Map<String, Integer>> before;

  private ManyObservers(int observers, int jvms) {
    this.observers = observers;
    this.voters = VoterJvms.start(servers, group, false, List.of());
    this.before = nodeCounts();
    List<NodeAddress> addresses = voters.all().stream().map(MonitorProcess::address).toList();
    for (int i = 0; i < jvms; i++) {
      int share = observers / jvms + (i < observers % jvms ? 1 : 0);
      processes.add(ObserverProcess.start(addresses, group.addresses(), "o" + i, share));
    }
    processes.forEach(p -> p.awaitReady(PATIENCE));
  }

  /**
   * What was measured.
   *
   * @param nodesBefore connections per node by kind, without observers
   * @param nodes the same with them
   * @param voters connections per voter by kind
   * @param threads of all observers by what they do
   * @param requestsPerSecond per voter, while nothing happens; other voters' included
   * @param roleChecks of the new master
   * @param swapMillis from the moment the new master said that it is one to each observer's swap
   * @param toldMillis from that moment to the first announcement by a voter
   * @param nodesAfter connections of the living nodes after it
   */
  record Report(
      Map<String, Map<String, Integer>> nodesBefore,
      Map<String, Map<String, Integer>> nodes,
      Map<String, Map<String, Integer>> voters,
      Map<String, Integer> threads,
      Map<String, Long> requestsPerSecond,
      long roleChecks,
      List<Double> swapMillis,
      double toldMillis,
      Map<String, Map<String, Integer>> nodesAfter) {
    double medianMillis() {
      return swapMillis.get(swapMillis.size() / 2);
    }

    double worstMillis() {
      return swapMillis.get(swapMillis.size() - 1);
    }

    @Override
    public String toString() {
      return String.format(
          "observers %d%n  nodes without them %s%n  nodes %s%n  voters %s%n  threads %s%n"
              + "  requests per second and voter while calm %s%n"
              + "  the new master asked for its role %d times%n"
              + "  from promotion: first announcement %.1f ms, swaps: first %.1f ms, median %.1f"
              + " ms, worst %.1f ms%n  nodes after it %s",
          swapMillis.size(),
          nodesBefore,
          nodes,
          voters,
          threads,
          requestsPerSecond,
          roleChecks,
          toldMillis,
          swapMillis.get(0),
          medianMillis(),
          worstMillis(),
          nodesAfter);
    }
  }

  static Report run(int observers, int jvms) {
    try (ManyObservers stage = new ManyObservers(observers, jvms)) {
      return stage.measure();
    }
  }

  private Report measure() {
    Map<String, Long> requests = new TreeMap<>();
    voters.all().forEach(v -> requests.put(name(v.address()), -commands(v)));
    Stage.holds(CALM, () -> true);
    voters.all().forEach(v -> requests.merge(name(v.address()), commands(v), Long::sum));
    requests.replaceAll((voter, number) -> number / CALM.toSeconds());
    Map<String, Map<String, Integer>> nodes = nodeCounts();
    Map<String, Map<String, Integer>> voterCounts = new TreeMap<>();
    voters.all().forEach(v -> voterCounts.put(name(v.address()), ClientCounts.of(v.address())));
    Map<String, Integer> threads = new TreeMap<>();
    processes.forEach(p -> p.threads().forEach((role, n) -> threads.merge(role, n, Integer::sum)));

    Map<RedisNode, Long> roleCalls = new HashMap<>();
    group.replicas().forEach(r -> roleCalls.put(r, roleQuestions(r)));
    AtomicLong promoted = new AtomicLong();
    RedisNode old = group.master();
    old.kill();
    RedisNode master = awaitPromoted(old, promoted);
    await("all observers use " + master)
        .pollInterval(Duration.ofMillis(100))
        .atMost(PATIENCE)
        .until(() -> swapsTo(master, promoted.get()).size() >= observers);
    long told =
        voters.all().stream()
            .flatMap(v -> Stream.of("+promoted-slave", "+switch-master").map(v::times))
            .flatMap(List::stream)
            .mapToLong(Long::longValue)
            .min()
            .orElseThrow();
    AtomicReference<Map<String, Map<String, Integer>>> after = new AtomicReference<>();
    await("all is calm again")
        .ignoreExceptionsInstanceOf(JedisException.class)
        .pollInterval(Duration.ofMillis(500))
        .atMost(PATIENCE)
        .until(
            () -> {
              after.set(nodeCounts());
              return after.get().entrySet().stream().allMatch(this::isCalm);
            });
    return new Report(
        before,
        nodes,
        voterCounts,
        threads,
        requests,
        roleQuestions(master) - roleCalls.get(master),
        swapsTo(master, promoted.get()),
        (told - promoted.get()) / 1_000.0,
        after.get());
  }

  /** Observers ask with either, and the monitors' own INFO is among them. */
  private static long roleQuestions(RedisNode node) {
    return node.calls("role") + node.calls("info");
  }

  /** Links that were killed with the connections of clients are made again. */
  private boolean isCalm(Map.Entry<String, Map<String, Integer>> node) {
    Integer links = before.get(node.getKey()).get(ClientCounts.MONITORS);
    return links.equals(node.getValue().get(ClientCounts.MONITORS))
        && !node.getValue().containsKey("observer");
  }

  private static long commands(MonitorProcess voter) {
    return ClientCounts.info(voter.address(), "total_commands_processed");
  }

  /** The first who says that it is a master, and when: asked as fast as it answers. */
  private RedisNode awaitPromoted(RedisNode old, AtomicLong micros) {
    List<RedisNode> candidates = group.nodes().stream().filter(n -> n != old).toList();
    // The order to a node that changes its role kills the connections of clients, ours too.
    await("a promotion")
        .ignoreExceptionsInstanceOf(JedisException.class)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(PATIENCE)
        .until(
            () -> {
              boolean any = candidates.stream().anyMatch(n -> "master".equals(n.role()));
              micros.set(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
              return any;
            });
    return group.awaitMasterOtherThan(old);
  }

  /** Each observer's first swap to it, in milliseconds from then, sorted. */
  private List<Double> swapsTo(RedisNode master, long fromMicros) {
    Map<String, Long> first = new HashMap<>();
    for (ObserverProcess process : processes) {
      for (ObserverProcess.Swap swap : process.swaps()) {
        if (swap.master().equals(master.address())) {
          first.merge(swap.client(), swap.micros(), Math::min);
        }
      }
    }
    return first.values().stream().map(at -> (at - fromMicros) / 1_000.0).sorted().toList();
  }

  private Map<String, Map<String, Integer>> nodeCounts() {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    group.nodes().stream()
        .filter(RedisNode::isAlive)
        .forEach(n -> counts.put(name(n.address()), ClientCounts.of(n.address())));
    return counts;
  }

  private static String name(NodeAddress address) {
    return address.toString();
  }

  @Override
  public void close() {
    processes.forEach(ObserverProcess::close);
    voters.close();
    servers.close();
  }

  /**
   * @param args number of observers and of their JVMs
   */
  public static void main(String[] args) {
    System.out.println(run(Integer.parseInt(args[0]), Integer.parseInt(args[1])));
  }
}
