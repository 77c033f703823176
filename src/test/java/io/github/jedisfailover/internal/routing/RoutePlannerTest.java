package io.github.jedisfailover.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeRole;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutePlannerTest {
  /** Nodes: M or m (not reachable), then replicas 1, 2; "-" no link, "~" syncing, "!" silent. */
  @ParameterizedTest(name = "{0} of {1}: {2}, then {3}")
  @CsvSource({
    "MASTER, M 1 2, M, M",
    "MASTER, 1 2, '', ''",
    "MASTER, m 1, m, m",
    "MASTER_PREFERRED, M 1 2, M12, M21",
    "MASTER_PREFERRED, m 1 2, 12m, 21m",
    "MASTER_PREFERRED, 1 2, 12, 21",
    "REPLICA, M 1 2, 12, 21",
    "REPLICA, M, '', ''",
    "REPLICA, M 1- 2, 2, 2",
    "REPLICA, M 1~ 2, 2, 2",
    "REPLICA, M 1! 2, 2, 2",
    "REPLICA_PREFERRED, M 1 2, 12M, 21M",
    "REPLICA_PREFERRED, M 1- 2~, M, M",
    "REPLICA_PREFERRED, M, M, M",
    "REPLICA_PREFERRED, 1, 1, 1",
    "ANY, M 1 2, M12, 12M",
    "ANY, m 1 2, 12m, 21m",
    "ANY, M, M, M",
    "LOWEST_LATENCY, M 1 2, M12, 12M",
  })
  void ordersTheNodesForReads(ReadFrom policy, String nodes, String first, String second) {
    RouteTable<String> table = RoutePlanner.plan(snapshot(nodes), policy, RoutePlannerTest::name);
    String expectedSecond =
        policy == ReadFrom.MASTER_PREFERRED && first.startsWith("M") ? first : second;
    assertThat(order(table, 0)).isEqualTo(first);
    assertThat(order(table, 1)).isEqualTo(expectedSecond);
  }

  /** Near nodes are those with an odd number; the master has one. */
  @ParameterizedTest(name = "{0} of {1}: {2}, then {3}")
  @CsvSource({
    "ANY, M 1 2 3 4, M1324, 13M24",
    "ANY, M 2 4, M24, M24",
    "ANY, m 2 4, 24m, 42m",
    "REPLICA, M 1 2, 12, 12",
    "REPLICA, M 2 4, 24, 42",
    "REPLICA_PREFERRED, M 1 2 3, 132M, 312M",
    "REPLICA_PREFERRED, M 1- 2, 2M, 2M",
    "MASTER_PREFERRED, M 2 1, M12, M12",
  })
  void nearNodesComeFirst(String base, String nodes, String first, String second) {
    ReadFrom policy = ReadFrom.parse(base).near("odd", node -> node.port() % 2 == 1);
    RouteTable<String> table = RoutePlanner.plan(snapshot(nodes), policy, RoutePlannerTest::name);
    assertThat(order(table, 0)).isEqualTo(first);
    assertThat(order(table, 1)).isEqualTo(second);
  }

  @Test
  void theFastestComesFirstAndTheRestInOrder() {
    List<NodeAddress> measured = List.of(new NodeAddress("h", 2), new NodeAddress("h", 6379));
    RouteTable<String> table =
        RoutePlanner.plan(
            snapshot("M 1 2"),
            ReadFrom.LOWEST_LATENCY,
            RoutePlanner.fastest(measured),
            RoutePlannerTest::name);
    assertThat(order(table, 1)).isEqualTo("2M1");
  }

  @Test
  void writesKnowOnlyTheMasterEvenIfTheSourceCannotReachIt() {
    RouteTable<String> table =
        RoutePlanner.plan(snapshot("m 1 2"), ReadFrom.ANY, RoutePlannerTest::name);
    assertThat(table.candidates(CommandIntent.MASTER_ONLY)).isEqualTo(1);
    assertThat(table.candidate(CommandIntent.MASTER_ONLY, 7, 0)).isEqualTo("m");
    assertThat(table.candidate(CommandIntent.MASTER_ONLY, 7, 1)).isNull();
  }

  @ParameterizedTest(name = "{0} of {1}: {2}")
  @CsvSource({
    "MASTER, M 1 2, M",
    "REPLICA, M 1 2, 12",
    "REPLICA_PREFERRED, M 1 2, 12",
    "REPLICA_PREFERRED, M, M",
    "MASTER_PREFERRED, m 1 2, 12",
    "ANY, M 1, M1",
    "MASTER, 1 2, ''",
  })
  void tellsTheFirstChoicesFromThoseThatStandIn(ReadFrom policy, String nodes, String first) {
    RouteTable<String> table = RoutePlanner.plan(snapshot(nodes), policy, RoutePlannerTest::name);
    List<String> choices =
        Stream.of("M", "m", "1", "2").filter(name -> table.isFirstChoice(name::equals)).toList();
    assertThat(String.join("", choices)).isEqualTo(first);
  }

  @Test
  void theTurnMayOverflow() {
    RouteTable<String> table =
        RoutePlanner.plan(snapshot("M 1 2"), ReadFrom.REPLICA, RoutePlannerTest::name);
    assertThat(order(table, Integer.MAX_VALUE)).hasSize(2);
    assertThat(order(table, Integer.MIN_VALUE)).hasSize(2);
    assertThat(order(table, -1)).isEqualTo("21");
  }

  private static String order(RouteTable<String> table, int turn) {
    StringBuilder order = new StringBuilder();
    for (int i = 0; i < table.candidates(CommandIntent.ANY_NODE); i++) {
      order.append(table.candidate(CommandIntent.ANY_NODE, turn, i));
    }
    return order.toString();
  }

  private static String name(NodeView node) {
    return node.address().port() == 6379
        ? node.reachable() ? "M" : "m"
        : String.valueOf(node.address().port());
  }

  private static TopologySnapshot snapshot(String nodes) {
    List<NodeView> views = new ArrayList<>();
    for (String word : nodes.split(" ")) {
      boolean master = word.equalsIgnoreCase("m");
      int port = master ? 6379 : word.charAt(0) - '0';
      views.add(
          new NodeView(
              new NodeAddress("h", port),
              master ? NodeRole.MASTER : NodeRole.REPLICA,
              !word.equals("m") && !word.endsWith("!"),
              !word.endsWith("-"),
              word.endsWith("~")));
    }
    return new TopologySnapshot(new TopologySnapshot.Version(1, 1), views);
  }
}
