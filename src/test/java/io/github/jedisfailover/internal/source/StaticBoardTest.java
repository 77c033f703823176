package io.github.jedisfailover.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StaticBoardTest {
  private static final NodeAddress A = new NodeAddress("a", 1);
  private static final NodeAddress B = new NodeAddress("b", 1);
  private static final NodeAddress C = new NodeAddress("c", 1);
  private static final NodeAddress ALIEN = new NodeAddress("x", 1);

  private static final StaticRule.Known BEFORE = new StaticRule.Known(A, "h1");

  private final StaticBoard board = new StaticBoard(List.of(A, B, C));

  private Optional<TopologySnapshot> told(NodeAddress node, NodeWord word) {
    return board.told(node, Optional.ofNullable(word), board.turn());
  }

  private void group() {
    told(A, master("h1", "", 5));
    told(B, replica("a", "h1"));
    told(C, replica("a", "h1"));
    assertThat(board.known().master()).isEqualTo(A);
  }

  @Test
  void otherNodesMayComeBeforeAMasterIsKnown() {
    board.nodes(List.of(B, C));
    assertThat(board.nodes()).containsExactly(B, C);
  }

  @Test
  void aWordFromBeforeAPromotionCountsNoMore() {
    group();
    long before = board.turn();
    board.promoted(B, BEFORE, Optional.of(master("h2", "h1", 5)), true);
    assertThat(board.told(B, Optional.of(replica("a", "h1")), before)).isEmpty();
    assertThat(told(C, replica("b", "h2"))).isPresent().get().satisfies(s -> hasMaster(s, B));
  }

  @Test
  void aPromotedNodeThatIsSilentIsTheMasterAllTheSame() {
    group();
    assertThat(board.promoted(B, BEFORE, Optional.empty(), true))
        .isPresent()
        .get()
        .satisfies(s -> hasMaster(s, B));
  }

  @Test
  void aNodeThatLeftMeanwhileIsNoMaster() {
    group();
    board.nodes(List.of(A, C));
    assertThat(board.promoted(B, BEFORE, Optional.of(master("h2", "h1", 5)), true)).isEmpty();
    assertThat(board.known().master()).isEqualTo(A);
  }

  /** The list may name a node of another group by mistake. */
  @Test
  void whoFollowsAfterAPromotion() {
    group();
    board.nodes(List.of(A, B, C, ALIEN));
    told(ALIEN, master("h9", "", 7));
    board.promoted(B, BEFORE, Optional.of(master("h2", "h1", 5)), true);
    told(A, master("h1", "", 5));
    assertThat(board.wantedMaster(A)).as("the old master").contains(B);
    assertThat(board.wantedMaster(C)).as("a copy").contains(B);
    assertThat(board.wantedMaster(ALIEN)).as("a master with data").isEmpty();
    told(ALIEN, replica("elsewhere", "h9"));
    assertThat(board.wantedMaster(ALIEN)).as("a replica of somebody else").isEmpty();
    told(C, master("h5", "", 0));
    assertThat(board.wantedMaster(C)).as("it came back empty").contains(B);
    told(C, replica("b", "h2"));
    assertThat(board.wantedMaster(C)).as("it arrived").isEmpty();
  }

  @Test
  void theOldMasterIsDemotedAlsoIfAnotherLookSawThePromotionFirst() {
    group();
    told(A, null);
    told(B, master("h2", "h1", 5));
    assertThat(board.known().master()).isEqualTo(B);
    board.promoted(B, BEFORE, Optional.of(master("h2", "h1", 5)), true);
    told(A, master("h1", "", 5));
    assertThat(board.wantedMaster(A)).contains(B);
  }

  private static void hasMaster(TopologySnapshot snapshot, NodeAddress master) {
    assertThat(snapshot.master().map(NodeView::address)).contains(master);
  }

  private static NodeWord master(String history, String former, int keys) {
    return NodeWord.parse(
        "role:master\r\nmaster_replid:"
            + history
            + "\r\nmaster_replid2:"
            + former
            + "\r\n# Keyspace\r\n"
            + (keys == 0 ? "" : "db0:keys=" + keys + ",expires=0\r\n"));
  }

  private static NodeWord replica(String master, String history) {
    return NodeWord.parse(
        "role:slave\r\nmaster_host:"
            + master
            + "\r\nmaster_port:1\r\nmaster_link_status:up\r\nslave_repl_offset:5\r\nmaster_replid:"
            + history
            + "\r\n");
  }
}
