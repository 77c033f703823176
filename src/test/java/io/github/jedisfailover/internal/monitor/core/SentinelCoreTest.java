package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Script.MASTER;
import static io.github.jedisfailover.internal.monitor.core.Script.PEER_1;
import static io.github.jedisfailover.internal.monitor.core.Script.PEER_2;
import static io.github.jedisfailover.internal.monitor.core.Script.REPLICA_1;
import static io.github.jedisfailover.internal.monitor.core.Script.REPLICA_2;
import static io.github.jedisfailover.internal.monitor.core.Script.peer;
import static io.github.jedisfailover.internal.monitor.core.Script.redis;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import org.junit.jupiter.api.Test;

class SentinelCoreTest {
  @Test
  void discoversReplicasAndPublishesThem() {
    Script s = new Script(true);

    assertThat(s.published().nodes())
        .containsExactly(
            NodeView.master(MASTER), NodeView.replica(REPLICA_1), NodeView.replica(REPLICA_2));
    assertThat(s.events()).contains("+monitor", "+slave");
  }

  @Test
  void callsASilentMasterDownAfterItsPeriodAndNotBefore() {
    Script s = new Script(true);
    s.silent.add(MASTER);
    s.give(new CoreInput.LinkDown(redis(MASTER), "reset"));

    s.run(950);
    assertThat(s.events()).doesNotContain("+sdown");
    s.run(150);
    assertThat(s.events()).contains("+sdown").doesNotContain("+odown");
  }

  @Test
  void runsAWholeFailoverInSentinelsOrder() {
    Script s = new Script(true);
    s.silent.add(MASTER);
    s.give(new CoreInput.LinkDown(redis(MASTER), "reset"));
    s.run(1_100);
    s.give(new CoreInput.PeerAnswered(peer(PEER_1), Script.GROUP, true, "*", 0));
    s.run(150);
    assertThat(s.events()).contains("+odown", "+try-failover").doesNotContain("+elected-leader");

    s.give(new CoreInput.PeerAnswered(peer(PEER_1), Script.GROUP, true, "me", 1));
    s.run(100);
    CoreAction.MakeMaster order = s.all(CoreAction.MakeMaster.class).get(0);
    NodeAddress promoted = order.target().address();
    assertThat(s.master().current()).as("not before it reports master").isEqualTo(MASTER);

    s.reportMaster.clear();
    s.reportMaster.add(promoted);
    s.info(promoted);
    assertThat(s.published().master()).contains(NodeView.master(promoted));
    assertThat(s.published().version().configEpoch()).isEqualTo(1);

    s.followed = promoted;
    s.run(1_500);
    assertThat(s.events())
        .containsSubsequence(
            "+sdown",
            "+odown",
            "+new-epoch",
            "+try-failover",
            "+vote-for-leader",
            "+elected-leader",
            "+failover-state-select-slave",
            "+selected-slave",
            "+failover-state-send-slaveof-noone",
            "+failover-state-wait-promotion",
            "+promoted-slave",
            "+failover-state-reconf-slaves",
            "+slave-reconf-sent",
            "+slave-reconf-inprog",
            "+slave-reconf-done",
            "+failover-end",
            "+switch-master",
            "+slave");
    assertThat(s.master().name()).isEqualTo(Script.GROUP);
    assertThat(s.master().instance().address()).isEqualTo(promoted);
  }

  @Test
  void followsAHigherConfigurationEpochAndNeverALowerOne() {
    Script s = new Script(true);
    s.hello(PEER_1, 4, REPLICA_1, 4);
    assertThat(s.master().current()).isEqualTo(REPLICA_1);
    s.hello(PEER_2, 4, MASTER, 3);
    s.hello(PEER_2, 4, REPLICA_2, 4);
    assertThat(s.master().current()).isEqualTo(REPLICA_1);
    assertThat(s.events()).containsSubsequence("+config-update-from", "+switch-master");
  }

  @Test
  void beforeTheFirstFailoverAMajorityTellsWhoTheMasterIs() {
    Script s = new Script(true);
    s.hello(PEER_1, 0, REPLICA_1, 0);
    s.hello(PEER_1, 0, REPLICA_1, 0);
    assertThat(s.master().current()).as("one alone").isEqualTo(MASTER);
    s.hello(PEER_2, 0, REPLICA_1, 0);
    assertThat(s.master().current()).isEqualTo(REPLICA_1);
  }

  @Test
  void ignoresAHelloFromAnAddressThatIsNoVoter() {
    Script s = new Script(true);
    s.hello(new NodeAddress("10.9.9.9", 26379), 99, REPLICA_1, 99);

    assertThat(s.master().current()).isEqualTo(MASTER);
    assertThat(s.core.view(s.now).currentEpoch()).isZero();
  }

  @Test
  void doesNotTakeItsOwnStallForTheMastersSilence() {
    Script s = new Script(true);
    s.silent.add(MASTER);
    s.run(1_000); // a PING is out, its answer is read only after the stall
    s.now += 1_500;
    s.give(new CoreInput.Tick());
    s.silent.clear();
    s.give(new CoreInput.Pong(redis(MASTER), "PONG"));
    s.run(3_000);

    assertThat(s.events()).doesNotContain("+sdown", "+tilt");
  }

  @Test
  void entersTiltAfterALongStallAndJudgesNobodyThen() {
    Script s = new Script(true);
    s.now += 5_000;
    s.silent.add(MASTER);
    s.give(new CoreInput.PeerAnswered(peer(PEER_1), Script.GROUP, true, "*", 0));
    s.run(10_000);
    assertThat(s.events()).contains("+tilt").doesNotContain("+sdown");

    s.run(25_000);
    assertThat(s.events()).contains("-tilt", "+sdown");
  }

  @Test
  void demotesAReturningMasterOnceAMajorityConfirmsTheConfiguration() {
    Script s = new Script(true);
    s.hello(PEER_1, 1, REPLICA_1, 1);
    s.reportMaster.add(REPLICA_1);
    s.followed = REPLICA_1;
    s.run(1_000);
    s.hello(PEER_1, 1, REPLICA_1, 1);
    s.run(1_000);
    assertThat(demotions(s)).as("that hello may be older than what INFO showed").isZero();

    s.run(1_500);
    s.hello(PEER_1, 1, REPLICA_1, 1);
    s.run(1_500);
    assertThat(demotions(s)).isPositive();
    assertThat(s.events()).contains("+convert-to-slave");
  }

  @Test
  void waitsWhenANewerEpochMayBeInForceElsewhere() {
    Script s = new Script(true);
    s.hello(PEER_1, 1, REPLICA_1, 1);
    s.reportMaster.add(REPLICA_1);
    s.run(3_000);
    s.hello(PEER_1, 2, REPLICA_1, 1);
    s.hello(PEER_2, 2, REPLICA_1, 1);
    s.run(2_000);
    assertThat(demotions(s)).as("somebody stands in epoch 2").isZero();

    s.run(6_000);
    assertThat(demotions(s)).as("Sentinel's own wait").isPositive();
  }

  private static long demotions(Script s) {
    return s.all(CoreAction.MakeReplicaOf.class).stream()
        .filter(a -> a.target().address().equals(MASTER))
        .count();
  }

  @Test
  void leavesAReplicaThatIsDownOutOfTheView() {
    Script s = new Script(true);
    s.silent.add(REPLICA_1);
    s.give(new CoreInput.LinkDown(redis(REPLICA_1), "reset"));
    s.run(500);

    NodeView view =
        s.published().replicas().stream()
            .filter(n -> n.address().equals(REPLICA_1))
            .findFirst()
            .orElseThrow();
    assertThat(view.fitForReads()).isFalse();
  }

  @Test
  void leavesASeedAloneThatNeverCopiedTheGroup() {
    NodeAddress stranger = new NodeAddress("10.0.0.9", 7000);
    Script s = new Script(true, stranger);
    for (int i = 0; i < 8; i++) {
      s.hello(PEER_1, 0, MASTER, 0);
      s.hello(PEER_2, 0, MASTER, 0);
      s.run(2_000);
    }

    assertThat(s.all(CoreAction.MakeReplicaOf.class)).isEmpty();
    assertThat(s.published().nodes()).noneMatch(n -> n.address().equals(stranger));
  }

  @Test
  void takesASeedInThatCopiesANodeOfTheGroup() {
    NodeAddress chained = new NodeAddress("10.0.0.9", 7000);
    Script s = new Script(true, chained);
    s.reportMaster.remove(chained);
    s.followed = REPLICA_1;
    s.info(chained);

    assertThat(s.published().nodes()).anyMatch(n -> n.address().equals(chained));
  }
}
