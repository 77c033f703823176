package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Script.GROUP;
import static io.github.jedisfailover.internal.monitor.core.Script.MASTER;
import static io.github.jedisfailover.internal.monitor.core.Script.PEER_1;
import static io.github.jedisfailover.internal.monitor.core.Script.REPLICA_1;
import static io.github.jedisfailover.internal.monitor.core.Script.REPLICA_2;
import static io.github.jedisfailover.internal.monitor.core.Script.peer;
import static io.github.jedisfailover.internal.monitor.core.Script.redis;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.monitor.core.InfoReport.Data;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmptyMasterRuleTest {
  private static final Data FULL = new Data("old", 7, false);
  private static final Data EMPTY = new Data("new", 0, false);

  private Script s = new Script(true);

  @BeforeEach
  void everybodyHoldsTheSame() {
    for (NodeAddress a : List.of(MASTER, REPLICA_1, REPLICA_2)) {
      s.data.put(a, FULL);
      s.info(a);
    }
  }

  /** The process dies and is back at once, as a service manager makes it. */
  private void masterReturns(Data data, long offset) {
    s.give(new CoreInput.LinkDown(redis(MASTER), "reset"));
    s.restarts++;
    s.data.put(MASTER, data);
    s.offsets.put(MASTER, offset);
    s.give(new CoreInput.LinkUp(redis(MASTER)));
    s.run(50);
  }

  @Test
  void aMasterThatReturnsEmptyIsDownAtOnceAndAReplicaWithDataIsPromoted() {
    s.data.put(REPLICA_2, EMPTY);
    masterReturns(EMPTY, 0);
    assertThat(s.payloads("+sdown")).containsExactly("master mymaster 10.0.0.1 7000");
    s.give(new CoreInput.PeerAnswered(peer(PEER_1), GROUP, true, "*", 0));
    s.run(200);
    s.give(new CoreInput.PeerAnswered(peer(PEER_1), GROUP, true, "me", 1));
    s.run(100);
    assertThat(s.all(CoreAction.MakeMaster.class))
        .extracting(a -> a.target().address())
        .as("the other one has been emptied already")
        .containsExactly(REPLICA_1);
  }

  @Test
  void oneThatStillLoadsItsDataIsWaitedFor() {
    masterReturns(new Data("new", 0, true), 0);
    s.run(500);
    assertThat(s.events()).doesNotContain("+sdown");
    s.data.put(MASTER, EMPTY);
    s.run(500);
    assertThat(s.events()).contains("+sdown");
  }

  @Test
  void oneThatHasItsDataBackIsFine() {
    masterReturns(new Data("new", 0, true), 0);
    s.data.put(MASTER, new Data("new", 6, false));
    s.run(2_000);
    assertThat(s.events()).contains("+reboot").doesNotContain("+sdown");
  }

  @Test
  void oneWhoseReplicasAreEmptyTooWasFlushed() {
    s.data.put(REPLICA_1, new Data("old", 0, false));
    s.data.put(REPLICA_2, new Data("old", 0, false));
    masterReturns(EMPTY, 0);
    s.run(2_000);
    assertThat(s.events()).doesNotContain("+sdown");
  }

  @Test
  void oneThatIsNotBehindIsNotSuspected() {
    masterReturns(EMPTY, 5_000);
    s.run(2_000);
    assertThat(s.events()).doesNotContain("+sdown");
  }

  @Test
  void itIsUpAgainOnceThereIsNothingLeftToSave() {
    masterReturns(EMPTY, 0);
    assertThat(s.events()).contains("+sdown");
    s.data.put(REPLICA_1, EMPTY);
    s.data.put(REPLICA_2, EMPTY);
    s.run(2_000);
    assertThat(s.events()).contains("-sdown");
  }

  @Test
  void aloneItHoldsOnOnlyForTheTimeOfAFailover() {
    masterReturns(EMPTY, 0);
    s.run(4_500);
    assertThat(s.master().instance().flags()).contains("s_down");
    s.run(1_500);
    assertThat(s.events()).contains("-sdown");
    s.run(20_000);
    assertThat(s.payloads("+sdown")).as("once per reboot").hasSize(1);
  }

  @Test
  void aPeerThatAsksIsReasonEnoughToLook() {
    s.run(300);
    int before = s.all(CoreAction.AskInfo.class).size();
    s.give(new CoreInput.PeerAsked(1, MASTER, 0, "*"));
    s.give(new CoreInput.PeerAsked(2, MASTER, 0, "*"));
    assertThat(s.all(CoreAction.AskInfo.class)).hasSize(before + 1);
  }

  @Test
  void asSentinelItIsUp() {
    s = Script.discovering(Departures.NONE, GlobalSettings.DEFAULT, GROUP);
    everybodyHoldsTheSame();
    masterReturns(EMPTY, 0);
    s.run(2_000);
    assertThat(s.events()).contains("+reboot").doesNotContain("+sdown");
  }
}
