package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Script.GROUP;
import static io.github.jedisfailover.internal.monitor.core.Script.MASTER;
import static io.github.jedisfailover.internal.monitor.core.Script.PEER_1;
import static io.github.jedisfailover.internal.monitor.core.Script.REPLICA_1;
import static io.github.jedisfailover.internal.monitor.core.Script.peer;
import static io.github.jedisfailover.internal.monitor.core.Script.redis;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.monitor.core.CoreAction.RunScript;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reboots, stuck scripts, half-open links, and what is told of them and to whom. */
class EventsTest {
  private static final GlobalSettings FREE = GlobalSettings.DEFAULT.withScriptsDenied(false);
  private final Script s = Script.discovering(Departures.NONE, FREE, GROUP);

  private void set(String... words) {
    assertThat(s.order(new Order.Set(GROUP, List.of(words), List.of("/n", "/c"))))
        .isEqualTo(new OrderResult.Done());
  }

  private void reboot() {
    s.restarts++;
    s.info(MASTER);
  }

  @Test
  void aMasterThatLoadsForTooLongIsDown() {
    set("master-reboot-down-after-period", "2000");
    s.pong = "LOADING Redis is loading the dataset in memory";
    reboot();
    assertThat(s.payloads("+reboot")).containsExactly("master mymaster 10.0.0.1 7000");
    assertThat(s.master().instance().flags()).isEqualTo("master,master_reboot");
    s.run(1_900);
    assertThat(s.events()).doesNotContain("+sdown");
    s.run(200);
    assertThat(s.payloads("+sdown")).contains("master mymaster 10.0.0.1 7000");
  }

  @Test
  void aMasterThatAnswersInTimeIsNot() {
    set("master-reboot-down-after-period", "2000");
    reboot();
    s.run(1_500);
    assertThat(s.master().instance().flags()).isEqualTo("master");
    s.run(2_000);
    assertThat(s.events()).doesNotContain("+sdown");
  }

  @Test
  void withoutThePeriodLoadingIsBeingUp() {
    s.pong = "LOADING Redis is loading the dataset in memory";
    reboot();
    s.run(20_000);
    assertThat(s.events()).contains("+reboot").doesNotContain("+sdown");
  }

  @Test
  void aScriptThatBlocksANodeIsKilledOncePerTimeDown() {
    s.pong = "BUSY Redis is busy running a script";
    s.run(5_000);
    assertThat(s.all(CoreAction.KillScript.class))
        .extracting(k -> k.target().address())
        .containsOnlyOnce(MASTER);
    assertThat(s.master().instance().flags()).contains("s_down", "script_kill_sent");
    s.pong = "PONG";
    s.run(2_000);
    s.pong = "BUSY Redis is busy running a script";
    s.run(5_000);
    assertThat(s.all(CoreAction.KillScript.class))
        .filteredOn(k -> k.target().address().equals(MASTER))
        .hasSize(2);
  }

  @Test
  void aConnectionThatOnlySeemsToBeIsMadeAnewOnceItIsOldEnough() {
    s.run(10_000);
    s.silent.add(MASTER);
    s.run(4_000);
    assertThat(s.all(CoreAction.CutLink.class)).isEmpty();
    s.run(2_000);
    assertThat(s.all(CoreAction.CutLink.class))
        .containsExactly(new CoreAction.CutLink(redis(MASTER)));
    s.run(13_000);
    assertThat(s.all(CoreAction.CutLink.class)).hasSize(1);
    s.run(2_000);
    assertThat(s.all(CoreAction.CutLink.class)).hasSize(2);
  }

  @Test
  void warningsOfAMasterRunTheNotificationScriptAndOthersDoNot() {
    set("notification-script", "/n");
    s.silent.add(REPLICA_1);
    s.give(new CoreInput.LinkDown(redis(REPLICA_1), "reset"));
    s.run(1_100);
    String payload = "slave 10.0.0.2:7000 10.0.0.2 7000 @ mymaster 10.0.0.1 7000";
    assertThat(s.all(RunScript.class))
        .contains(new RunScript(RunScript.Kind.NOTIFICATION, "/n", List.of("+sdown", payload)))
        .noneMatch(r -> r.arguments().get(0).equals("-cmd-link-reconnection"));
    int before = s.all(RunScript.class).size();
    s.now += 5_000;
    s.give(new CoreInput.Tick());
    assertThat(s.payloads("+tilt")).containsExactly("#tilt mode entered");
    assertThat(s.all(RunScript.class)).as("concerns no master").hasSize(before);
    assertThat(s.payloads("-cmd-link-reconnection")).contains(payload + " #reset");
  }

  @Test
  void theReconfigScriptIsToldWhoSwitchedFromWhereToWhere() {
    set("client-reconfig-script", "/c");
    s.give(
        new CoreInput.HelloHeard(new Hello(PEER_1, "a".repeat(40), 3, GROUP, REPLICA_1, 3), false));
    assertThat(s.all(RunScript.class))
        .containsExactly(
            new RunScript(
                RunScript.Kind.CLIENT_RECONFIG,
                "/c",
                List.of(GROUP, "observer", "start", "10.0.0.1", "7000", "10.0.0.2", "7000")));
    assertThat(s.payloads("+config-update-from"))
        .containsExactly("sentinel " + "a".repeat(40) + " 10.0.1.2 26379 @ mymaster 10.0.0.1 7000");
    assertThat(s.payloads("+switch-master"))
        .containsExactly("mymaster 10.0.0.1 7000 10.0.0.2 7000");
  }

  @Test
  void aLeaderRunsItOncePromotionIsSeen() {
    set("client-reconfig-script", "/c");
    s.order(new Order.Failover(GROUP));
    s.run(50);
    var to = s.all(CoreAction.MakeMaster.class).get(0).target().address();
    s.reportMaster.add(to);
    s.info(to);
    assertThat(s.all(RunScript.class))
        .extracting(RunScript::arguments)
        .containsExactly(List.of(GROUP, "leader", "start", "10.0.0.1", "7000", to.host(), "7000"));
  }

  @Test
  void simulatedFailuresCrashAfterTheStateIsStored() {
    s.order(new Order.SimulateFailure(Simulated.CRASH_AFTER_ELECTION));
    List<CoreAction> actions = s.give(new CoreInput.Operator(1, new Order.Failover(GROUP)));
    assertThat(actions.stream().map(a -> a.getClass().getSimpleName()))
        .containsSubsequence("Persist", "Crash");
    assertThat(s.all(CoreAction.Crash.class)).contains(new CoreAction.Crash(99));
  }

  @Test
  void tellsRolesAndQuorumInSentinelsWords() {
    s.reportMaster.add(REPLICA_1);
    s.info(REPLICA_1);
    String replica = "slave 10.0.0.2:7000 10.0.0.2 7000 @ mymaster 10.0.0.1 7000";
    assertThat(s.payloads("-role-change"))
        .containsExactly(replica + " new reported role is master");
    s.reportMaster.remove(REPLICA_1);
    s.info(REPLICA_1);
    assertThat(s.payloads("+role-change")).containsExactly(replica + " new reported role is slave");
    s.give(new CoreInput.HelloHeard(new Hello(PEER_1, "a".repeat(40), 0, GROUP, MASTER, 0), false));
    s.silent.add(MASTER);
    s.give(new CoreInput.LinkDown(redis(MASTER), "reset"));
    s.run(1_100);
    s.give(new CoreInput.PeerAnswered(peer(PEER_1), GROUP, true, "*", 0));
    assertThat(s.payloads("+odown")).containsExactly("master mymaster 10.0.0.1 7000 #quorum 2/2");
  }

  @Test
  void longPayloadsAreCut() {
    set("auth-user", "x".repeat(2_000));
    assertThat(s.payloads("+set").get(0)).hasSize(1_023);
  }
}
