package io.github.jedisfailover.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.source.StaticRule.Known;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeRole;
import io.github.jedisfailover.topology.NodeView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StaticRuleTest {
  private static final NodeAddress A = new NodeAddress("a", 1);
  private static final NodeAddress B = new NodeAddress("b", 1);
  private static final NodeAddress C = new NodeAddress("c", 1);
  private static final Known OLD = new Known(A, "h1");

  @Test
  void theMasterStaysWhileItCallsItselfOne() {
    assertThat(StaticRule.believe(Map.of(A, master("h1", ""), B, master("h2", "h1")), OLD))
        .isEqualTo(OLD);
  }

  @Test
  void anHeirIsFollowedWhenTheMasterIsSilentOrDemoted() {
    assertThat(StaticRule.believe(Map.of(B, master("h2", "h1")), OLD))
        .isEqualTo(new Known(B, "h2"));
    assertThat(StaticRule.believe(Map.of(A, replica("h2", 5, true), B, master("h2", "h1")), OLD))
        .isEqualTo(new Known(B, "h2"));
  }

  @Test
  void aNodeThatWasStartedEmptyIsNoHeir() {
    assertThat(StaticRule.believe(Map.of(B, master("h9", "")), OLD)).isEqualTo(OLD);
  }

  @Test
  void twoHeirsAreNone() {
    assertThat(StaticRule.believe(Map.of(B, master("h2", "h1"), C, master("h3", "h1")), OLD))
        .isEqualTo(OLD);
  }

  @Test
  void copiesServeReadsWhileTheMasterIsDown() {
    Map<NodeAddress, NodeWord> answers =
        Map.of(B, replica("h1", 5, false), C, replica("h9", 5, false));
    assertThat(StaticRule.views(List.of(A, B, C), answers, OLD))
        .containsExactly(
            new NodeView(A, NodeRole.MASTER, false, true, false),
            new NodeView(B, NodeRole.REPLICA, true, true, false),
            new NodeView(C, NodeRole.REPLICA, true, false, false));
  }

  @Test
  void aPromotionNeedsTheMostAdvancedCopyAndADeadMaster() {
    assertThat(doubt(B, Map.of(B, replica("h1", 5, false), C, replica("h1", 9, false))))
        .isEqualTo("NOGOODSLAVE c:1 is ahead of b:1 by 4 bytes of the replication stream");
    assertThat(doubt(B, Map.of(B, replica("h1", 9, false), C, replica("h1", 9, true))))
        .isEqualTo(
            "ERR the master a:1 does not answer, but its replica c:1 has a connection to it: it may"
                + " be alive");
    assertThat(doubt(B, Map.of(B, replica("h9", 9, false))))
        .isEqualTo("NOGOODSLAVE b:1 is no copy of the master a:1");
    assertThat(doubt(B, Map.of(B, replica("h1", 9, false), C, replica("h1", 9, false)))).isEmpty();
    assertThat(doubt(B, Map.of(A, master("h1", ""), B, replica("h1", 5, true)))).isEmpty();
  }

  @Test
  void allDoubtsAreTold() {
    Map<NodeAddress, NodeWord> answers = Map.of(B, replica("h1", 5, false), C, master("h2", "h1"));
    assertThat(doubt(B, answers)).isEqualTo("ERR c:1 is a master that goes on from the same data");
    answers = Map.of(A, master("h1", ""), B, syncing("h1"));
    assertThat(doubt(B, answers))
        .isEqualTo("NOGOODSLAVE b:1 has not all its data yet: it still loads it");
    answers = Map.of(B, replica("h1", 5, false), C, replica("h1", 9, false));
    assertThat(PromotionRule.doubts(B, answers, Known.NOTHING))
        .containsExactly(
            "NOGOODSLAVE no master is known that b:1 could be a copy of",
            "NOGOODSLAVE c:1 is ahead of b:1 by 4 bytes of the replication stream");
  }

  @Test
  void peopleHearOfTooManyAndTooFewMasters() {
    assertThat(StaticRule.trouble(Map.of(A, master("h1", ""), B, replica("h1", 5, true)), OLD))
        .isEmpty();
    assertThat(StaticRule.trouble(Map.of(A, master("h1", ""), C, master("h9", "")), OLD))
        .isEqualTo("the master is a:1, but there are others that say so too: [c:1]");
    assertThat(StaticRule.trouble(Map.of(), Known.NOTHING))
        .isEqualTo("no master is known: no seed node answers");
    assertThat(StaticRule.trouble(Map.of(B, replica("h1", 5, false)), Known.NOTHING))
        .isEqualTo("no master is known: a:1 should be it, and does not say so");
  }

  @Test
  void someTargetsNoForceMakesAMaster() {
    assertThat(PromotionRule.impossible(B, Map.of(), OLD))
        .contains("NOGOODSLAVE b:1 does not answer");
    assertThat(PromotionRule.impossible(A, Map.of(A, master("h1", "")), OLD))
        .contains("ERR a:1 is the master already");
    assertThat(PromotionRule.impossible(B, Map.of(B, master("h1", "")), OLD))
        .contains("NOGOODSLAVE b:1 is no replica: it says that it is a master");
  }

  private static String doubt(NodeAddress target, Map<NodeAddress, NodeWord> answers) {
    return String.join("; ", PromotionRule.doubts(target, answers, OLD));
  }

  private static NodeWord master(String history, String former) {
    return NodeWord.parse(
        "role:master\r\nmaster_replid:" + history + "\r\nmaster_replid2:" + former + "\r\n");
  }

  private static NodeWord syncing(String history) {
    return NodeWord.parse(
        "role:slave\r\nmaster_sync_in_progress:1\r\nmaster_replid:" + history + "\r\n");
  }

  private static NodeWord replica(String history, long offset, boolean up) {
    return NodeWord.parse(
        "role:slave\r\nmaster_host:a\r\nmaster_port:1\r\nmaster_link_status:"
            + (up ? "up" : "down")
            + "\r\nslave_repl_offset:"
            + offset
            + "\r\nmaster_replid:"
            + history
            + "\r\n");
  }
}
