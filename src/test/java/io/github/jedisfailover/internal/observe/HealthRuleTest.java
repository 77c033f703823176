package io.github.jedisfailover.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.health.HealthReport;
import io.github.jedisfailover.health.HealthStatus;
import io.github.jedisfailover.internal.source.Opinions;
import io.github.jedisfailover.metrics.PoolFigures;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeRole;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HealthRuleTest {
  private static final NodeAddress A = new NodeAddress("a", 1);
  private static final NodeAddress B = new NodeAddress("b", 2);
  private static final NodeView MASTER = NodeView.master(A);
  private static final NodeView LOST_MASTER = new NodeView(A, NodeRole.MASTER, false, true, false);
  private static final NodeView REPLICA = NodeView.replica(B);
  private static final NodeView CUT_OFF = new NodeView(B, NodeRole.REPLICA, true, false, false);
  private static final Opinions NOBODY = new Opinions("test", 0, List.of(), List.of());

  private static HealthReport judge(Opinions opinions, long sinceWrite, NodeView... nodes) {
    TopologySnapshot snapshot =
        new TopologySnapshot(new TopologySnapshot.Version(7, 1), Arrays.asList(nodes));
    PoolFigures pool = new PoolFigures("c-master", A, NodeRole.MASTER, 2, 1, 8, 8, 0, 3);
    return HealthRule.judge(
        new HealthRule.Seen(
            "c", "m", Instant.EPOCH, false, snapshot, opinions, List.of(pool), sinceWrite));
  }

  /** The first one is this client's own. */
  private static Opinions voters(int quorum, boolean... answers) {
    return new Opinions(
        "test",
        quorum,
        IntStream.range(0, answers.length)
            .mapToObj(
                i ->
                    new Opinions.Voter(
                        new NodeAddress("v", i + 1), i == 0, answers[i], answers[i], "says " + i))
            .toList(),
        List.of());
  }

  @Test
  void allIsWell() {
    HealthReport report = judge(voters(2, true, true, true), -1, REPLICA, MASTER);
    assertThat(report.status()).isEqualTo(HealthStatus.UP);
    assertThat(report.reasons()).isEmpty();
    assertThat(report.epoch()).isEqualTo(7);
    assertThat(report.nodes()).extracting("address").containsExactly(A, B);
    assertThat(report.nodes().get(0).detail())
        .isEqualTo("answers; 2 connections in use, 1 idle of at most 8, 3 callers wait");
    assertThat(report.voters()).hasSize(3).allMatch(v -> v.status() == HealthStatus.UP);
  }

  @Test
  void withoutAMasterItIsDown() {
    HealthReport report = judge(voters(2, true, true, true), -1, REPLICA);
    assertThat(report.status()).isEqualTo(HealthStatus.DOWN);
    assertThat(report.isServing()).isFalse();
    assertThat(report.reasons()).singleElement().asString().contains("No master of group 'm'");
  }

  @Test
  void aSilentMasterIsDownUnlessCallsReachIt() {
    Opinions opinions = voters(2, true, true, true);
    HealthReport report = judge(opinions, 5_000_000_000L, LOST_MASTER, REPLICA);
    assertThat(report.status()).isEqualTo(HealthStatus.DOWN);
    assertThat(report.nodes().get(0).status()).isEqualTo(HealthStatus.DOWN);
    assertThat(report.reasons().get(0)).contains("a:1", "The voters decide after downAfter");

    HealthReport writing = judge(opinions, 5_000_000L, LOST_MASTER, REPLICA);
    assertThat(writing.status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(writing.reasons().get(0)).contains("still answers calls");
  }

  @Test
  void aSilentMasterTellsWhatCanBeDone() {
    assertThat(judge(NOBODY, -1, LOST_MASTER, REPLICA).reasons().get(0))
        .contains("promote a replica by hand");
    assertThat(judge(voters(2, true, false, false), -1, LOST_MASTER, REPLICA).reasons().get(0))
        .contains("Too few voters");
  }

  @Test
  void withoutAFitReplicaItIsDegraded() {
    HealthReport report = judge(NOBODY, -1, MASTER, CUT_OFF);
    assertThat(report.status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(report.reasons())
        .singleElement()
        .asString()
        .contains("No replica is fit", "b:2 has no link to the master");
    assertThat(report.nodes().get(1).status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(judge(NOBODY, -1, MASTER).reasons().get(0)).contains("No replica is known");
  }

  @Test
  void aLostVoterPutsTheQuorumAtRisk() {
    HealthReport three = judge(voters(2, true, true, false), -1, MASTER, REPLICA);
    assertThat(three.status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(three.reasons())
        .hasSize(2)
        .anySatisfy(r -> assertThat(r).contains("Voter v:3 says 2", "its process runs"))
        .anySatisfy(r -> assertThat(r).contains("2 of 3 voters", "quorum is at risk"));

    assertThat(judge(voters(2, true, true, true, true, false), -1, MASTER, REPLICA).reasons())
        .as("four of five are enough for one more loss")
        .hasSize(1);
    assertThat(judge(voters(2, true, false, false), -1, MASTER, REPLICA).reasons())
        .anySatisfy(r -> assertThat(r).contains("1 of 3", "is not replaced"));
    assertThat(judge(voters(3, true, true, false), -1, MASTER, REPLICA).reasons())
        .as("a quorum above the majority")
        .anySatisfy(r -> assertThat(r).contains("2 of 3", "3 are needed", "is not replaced"));
  }

  @Test
  void aVoterThatGivesNoVoteDoesNotCount() {
    Opinions opinions =
        new Opinions(
            "test",
            1,
            List.of(new Opinions.Voter(A, true, true, false, "no memory yet")),
            List.of());
    HealthReport report = judge(opinions, -1, MASTER, REPLICA);
    assertThat(report.voters().get(0).status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(report.reasons())
        .anySatisfy(r -> assertThat(r).contains("gives no vote: no memory yet"));
  }
}
