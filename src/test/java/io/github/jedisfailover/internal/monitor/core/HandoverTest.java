package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Script.GROUP;
import static io.github.jedisfailover.internal.monitor.core.Script.MASTER;
import static io.github.jedisfailover.internal.monitor.core.Script.PEER_1;
import static io.github.jedisfailover.internal.monitor.core.Script.REPLICA_1;
import static io.github.jedisfailover.internal.monitor.core.Script.REPLICA_2;
import static io.github.jedisfailover.internal.monitor.core.Script.peer;
import static io.github.jedisfailover.internal.monitor.core.Script.redis;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The pause, the change of roles, and every way in which a planned switchover can end. */
class HandoverTest {
  private static final long TICKET = -7;
  private static final String GIVEN_UP = "-failover-abort-slave-timeout";

  private final Script s = new Script(true);

  private void switchover(NodeAddress to) {
    Order order = new Order.Switchover(GROUP, Optional.ofNullable(to));
    s.give(new CoreInput.Operator(TICKET, order));
  }

  /** The peer votes for whoever asked it last. */
  private void vote() {
    List<CoreAction.AskPeer> asked = s.all(CoreAction.AskPeer.class);
    long epoch = asked.get(asked.size() - 1).epoch();
    s.give(new CoreInput.PeerAnswered(peer(PEER_1), GROUP, false, "me", epoch));
  }

  private List<OrderResult> answers() {
    return s.all(CoreAction.AnswerOperator.class).stream()
        .filter(a -> a.ticket() == TICKET)
        .map(CoreAction.AnswerOperator::result)
        .toList();
  }

  private void leads(NodeAddress node) {
    s.reportMaster.add(node);
    s.info(node);
  }

  private List<String> orders() {
    return s.actions.stream()
        .map(a -> a.getClass().getSimpleName())
        .filter(
            List.of("PauseWrites", "MakeMaster", "StepDown", "ResumeWrites", "DismissClients")
                ::contains)
        .toList();
  }

  @Test
  void pausesWaitsForTheLastWritePromotesAndDemotesBeforeAnybodyIsTold() {
    s.offsets.put(MASTER, 2_000L);
    switchover(REPLICA_2);
    vote();
    s.run(200);
    assertThat(orders()).as("writes are missing").containsExactly("PauseWrites");

    s.offsets.put(REPLICA_2, 2_000L);
    s.run(50);
    assertThat(orders()).containsExactly("PauseWrites", "MakeMaster");
    assertThat(s.all(CoreAction.MakeMaster.class).get(0).target()).isEqualTo(redis(REPLICA_2));
    s.silent.add(MASTER);
    leads(REPLICA_2);
    assertThat(orders()).containsExactly("PauseWrites", "MakeMaster", "StepDown");
    assertThat(s.published().master().orElseThrow().address()).isEqualTo(MASTER);
    assertThat(answers()).isEmpty();

    s.silent.clear();
    s.run(300);
    assertThat(s.published().master().orElseThrow().address()).isEqualTo(REPLICA_2);
    assertThat(s.published().version().configEpoch()).isEqualTo(1);
    assertThat(answers()).containsExactly(new OrderResult.Done());
    s.run(1_500);
    assertThat(s.events()).contains("+failover-end", "+switch-master");
    assertThat(orders()).doesNotContain("ResumeWrites", "DismissClients");
    s.run(4_000);
    assertThat(orders()).containsOnlyOnce("DismissClients");
  }

  @Test
  void givesUpWhenTheReplicaStaysBehind() {
    s.offsets.put(MASTER, 2_000L);
    switchover(REPLICA_1);
    vote();
    s.run(1_000);
    assertThat(orders()).containsExactly("PauseWrites", "ResumeWrites");
    assertThat(answers()).containsExactly(new OrderResult.Refused("ABORTED " + GIVEN_UP));
    assertThat(s.published().master().orElseThrow().address()).isEqualTo(MASTER);
  }

  @Test
  void takesThePromotionBackWhenItIsSeenAfterThePause() {
    switchover(REPLICA_1);
    vote();
    s.run(50);
    assertThat(orders()).containsExactly("PauseWrites", "MakeMaster");
    s.silent.add(REPLICA_1);
    s.run(900);
    assertThat(s.all(CoreAction.MakeReplicaOf.class))
        .containsExactly(new CoreAction.MakeReplicaOf(redis(REPLICA_1), MASTER));
    assertThat(answers()).containsExactly(new OrderResult.Refused("ABORTED " + GIVEN_UP));
    leads(REPLICA_1);
    assertThat(s.events()).doesNotContain("+promoted-slave");
  }

  @Test
  void aMasterThatDiesWhenTheReplicaLeadsIsReplacedAsInAnyFailover() {
    switchover(REPLICA_1);
    vote();
    s.run(50);
    s.silent.add(MASTER);
    leads(REPLICA_1);
    s.run(1_500);
    assertThat(s.events()).contains("+promoted-slave");
    assertThat(answers()).containsExactly(new OrderResult.Done());
  }

  @Test
  void nothingIsPausedWithoutAMajority() {
    switchover(REPLICA_1);
    s.run(6_000);
    assertThat(orders()).isEmpty();
    assertThat(answers())
        .containsExactly(new OrderResult.Refused("ABORTED -failover-abort-not-elected"));
  }

  @Test
  void aServerThatCannotPauseEndsASwitchoverButNotAFailover() {
    s.pauseRefusal = "ERR syntax error";
    switchover(REPLICA_1);
    vote();
    s.run(100);
    assertThat(orders()).containsExactly("PauseWrites");
    assertThat(answers()).containsExactly(new OrderResult.Refused("ABORTED " + GIVEN_UP));

    s.order(new Order.Failover(GROUP));
    s.run(100);
    assertThat(orders()).containsExactly("PauseWrites", "PauseWrites", "MakeMaster");
  }

  @Test
  void refusesATargetThatIsNoReplica() {
    switchover(PEER_1);
    assertThat(answers())
        .containsExactly(new OrderResult.Refused("NOGOODSLAVE No suitable replica to promote"));
  }

  @Test
  void nothingIsSaidToAPausedMaster() {
    s.offsets.put(MASTER, 2_000L);
    s.run(1_400);
    switchover(REPLICA_1);
    vote();
    int before = s.all(CoreAction.SayHello.class).size();
    s.run(450);
    List<CoreAction.SayHello> said = s.all(CoreAction.SayHello.class);
    assertThat(said.subList(before, said.size()))
        .isNotEmpty()
        .noneMatch(a -> a.target().equals(redis(MASTER)));
  }

  @Test
  void sentinelsOwnRulesNeitherPauseNorDemote() {
    Script plain = Script.discovering(Departures.NONE, GlobalSettings.DEFAULT, GROUP);
    plain.order(new Order.Failover(GROUP));
    plain.run(100);
    assertThat(plain.all(CoreAction.PauseWrites.class)).isEmpty();
    assertThat(plain.all(CoreAction.MakeMaster.class)).hasSize(1);
  }
}
