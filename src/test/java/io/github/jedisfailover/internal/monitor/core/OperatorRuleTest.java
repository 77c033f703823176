package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Script.GROUP;
import static io.github.jedisfailover.internal.monitor.core.Script.MASTER;
import static io.github.jedisfailover.internal.monitor.core.Script.PEER_1;
import static io.github.jedisfailover.internal.monitor.core.Script.REPLICA_1;
import static io.github.jedisfailover.internal.monitor.core.Script.REPLICA_2;
import static io.github.jedisfailover.internal.monitor.core.Script.redis;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorRuleTest {
  private static final OrderResult DONE = new OrderResult.Done();
  private final Script s = new Script(true);

  private static OrderResult refused(String text) {
    return new OrderResult.Refused(text);
  }

  private Order set(String... words) {
    return new Order.Set(GROUP, List.of(words), List.of("/bin/true"));
  }

  private MasterSettings settings() {
    List<CoreAction.UseSettings> all = s.all(CoreAction.UseSettings.class);
    return all.get(all.size() - 1).settings();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
      quorum x ~ Invalid argument 'x' for SENTINEL SET 'quorum'
      quorum 0 ~ Invalid argument '0' for SENTINEL SET 'quorum'
      Quorum 007 ~ Invalid argument '007' for SENTINEL SET 'Quorum'
      quorum ~ Unknown option or number of arguments for SENTINEL SET 'quorum'
      foo bar ~ Unknown option or number of arguments for SENTINEL SET 'foo'
      rename-command a ~ Unknown option or number of arguments for SENTINEL SET 'rename-command'
      quorum 2 foo x ~ Unknown option or number of arguments for SENTINEL SET 'foo'
      down-after-milliseconds 99x ~ Invalid argument '99x' for SENTINEL SET 'down-after-milliseconds'
      parallel-syncs -1 ~ Invalid argument '-1' for SENTINEL SET 'parallel-syncs'
      failover-timeout 9223372036854775808 ~ Invalid argument '9223372036854775808' for SENTINEL SET 'failover-timeout'
      master-reboot-down-after-period -1 ~ Invalid argument '-1' for SENTINEL SET 'master-reboot-down-after-period'
      """)
  void refusesBadPairsInSentinelsWords(String line, String error) {
    assertThat(s.order(set(line.split(" ")))).isEqualTo(refused("ERR " + error));
  }

  @Test
  void takesEveryOptionStoresItAndTellsEachPair() {
    assertThat(
            s.order(
                set(
                    "Quorum",
                    "3",
                    "down-after-milliseconds",
                    "700",
                    "failover-timeout",
                    "9000",
                    "parallel-syncs",
                    "4",
                    "master-reboot-down-after-period",
                    "0",
                    "auth-user",
                    "u",
                    "auth-pass",
                    "p",
                    "rename-command",
                    "CONFIG",
                    "hidden")))
        .isEqualTo(DONE);

    MasterSettings expected =
        new MasterSettings(GROUP, 3, 700, 9_000, 4)
            .withLogin(new Login("u", "p"))
            .withRenamed("config", "hidden");
    assertThat(settings()).isEqualTo(expected);
    List<CoreAction.Persist> stored = s.all(CoreAction.Persist.class);
    assertThat(stored.get(stored.size() - 1).state().group(GROUP).orElseThrow().settings())
        .contains(expected);
    String master = "master mymaster 10.0.0.1 7000 ";
    assertThat(s.payloads("+set"))
        .containsExactly(
            master + "Quorum 3",
            master + "down-after-milliseconds 700",
            master + "failover-timeout 9000",
            master + "parallel-syncs 4",
            master + "master-reboot-down-after-period 0",
            master + "auth-user u",
            master + "auth-pass ******",
            master + "rename-command CONFIG hidden");
    assertThat(s.all(CoreAction.CutLink.class))
        .as("the new credentials need new connections")
        .extracting(CoreAction.CutLink::target)
        .contains(redis(MASTER), redis(REPLICA_1));
    assertThat(s.master().quorum()).isEqualTo(3);
  }

  @Test
  void pairsBeforeAnErrorStayAndAreStored() {
    int before = s.all(CoreAction.Persist.class).size();
    s.order(set("quorum", "3", "foo", "x"));
    assertThat(s.master().quorum()).isEqualTo(3);
    assertThat(s.all(CoreAction.Persist.class)).hasSize(before + 1);
  }

  @Test
  void scriptsNeedPermissionAndAnExecutable() {
    assertThat(s.order(set("notification-script", "/bin/true")))
        .isEqualTo(
            refused(
                "ERR Reconfiguration of scripts path is denied for security reasons. Check the"
                    + " deny-scripts-reconfig configuration directive in your Sentinel"
                    + " configuration"));
    PersistentState allowed =
        new PersistentState("me", 0, List.of(), GlobalSettings.DEFAULT.withScriptsDenied(false));
    Script free = new Script(allowed, true);
    assertThat(free.order(set("notification-script", "/nope")))
        .isEqualTo(refused("ERR Notification script seems non existing or non executable"));
    assertThat(free.order(set("client-reconfig-script", "/nope")))
        .isEqualTo(
            refused("ERR Client reconfiguration script seems non existing or non executable"));
    assertThat(free.order(set("client-reconfig-script", "/bin/true"))).isEqualTo(DONE);
    assertThat(free.order(set("client-reconfig-script", ""))).isEqualTo(DONE);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "DEBUG, a, Unknown option or number of arguments for SENTINEL DEBUG 'a'",
    "DEBUG, info-period, Unknown option or number of arguments for SENTINEL DEBUG 'info-period'",
    "DEBUG, info-period x, Invalid argument 'x' for SENTINEL DEBUG 'info-period'",
    "DEBUG, info-period 0, Invalid argument '0' for SENTINEL DEBUG 'info-period'",
    "CONFIG, a b, Invalid argument 'a' to SENTINEL CONFIG SET",
    "CONFIG, loglevel loud, Invalid value 'loud' to SENTINEL CONFIG SET 'loglevel'",
    "CONFIG, loglevel debug LogLevel notice, Duplicate argument 'LogLevel' to SENTINEL CONFIG SET",
    "CONFIG, loglevel debug sentinel-pass, Missing argument 'sentinel-pass' value"
  })
  void refusesGlobalSettingsInSentinelsWords(String kind, String line, String error) {
    List<String> words = Arrays.asList(line.split(" "));
    Order order = kind.equals("DEBUG") ? new Order.Debug(words) : new Order.ConfigSet(words);
    assertThat(s.order(order)).isEqualTo(refused("ERR " + error));
    assertThat(s.core.view(s.now).global()).isEqualTo(GlobalSettings.DEFAULT);
  }

  @Test
  void debugChangesThePeriods() {
    s.silent.add(MASTER);
    assertThat(s.order(new Order.Debug(List.of("PING-period", "100", "INFO-PERIOD", "500"))))
        .isEqualTo(DONE);
    int before = s.all(CoreAction.AskInfo.class).size();
    s.run(5_000);
    assertThat(s.all(CoreAction.AskInfo.class).size() - before).isGreaterThan(15);
  }

  @Test
  void answersOnlyAfterTheDiskAndTellsThatItFailed() {
    List<CoreAction> done = s.give(new CoreInput.Operator(5, new Order.FlushConfig()));
    assertThat(done.stream().map(a -> a.getClass().getSimpleName()))
        .containsExactly("Persist", "AnswerOperator");
    assertThat(s.give(new CoreInput.PersistFailed()))
        .contains(
            new CoreAction.AnswerOperator(
                5, refused("ERR Failed to save config file. Check server logs.")));
    s.order(new Order.Debug(List.of("PING-PERIOD", "1000")));
    assertThat(s.give(new CoreInput.PersistFailed()))
        .as("nobody waits any more")
        .noneMatch(CoreAction.AnswerOperator.class::isInstance);
  }

  @Test
  void inAnApplicationMastersAreConfiguredAndNothingCrashes() {
    String configured = "ERR this monitor is part of an application, which configures its masters";
    assertThat(s.order(new Order.Monitor("m", "1.2.3.4", 1, 1))).isEqualTo(refused(configured));
    assertThat(s.order(new Order.Remove(GROUP))).isEqualTo(refused(configured));
    assertThat(s.order(new Order.SimulateFailure(3))).isInstanceOf(OrderResult.Refused.class);
    assertThat(s.order(new Order.ConfigSet(List.of("announce-ip", "1.2.3.4"))))
        .isInstanceOf(OrderResult.Refused.class);
  }

  @Test
  void inAnApplicationSentinelsOwnChecksComeFirst() {
    assertThat(s.order(new Order.Monitor(GROUP, "1.2.3.4", 1, 1)))
        .isEqualTo(refused("ERR Duplicate master name."));
    assertThat(s.order(new Order.Monitor("m", "1.2.3.4", 99_999, 1)))
        .isEqualTo(refused("ERR Invalid port number."));
    assertThat(s.order(new Order.ConfigSet(List.of("resolve-hostnames", "maybe"))))
        .isEqualTo(refused("ERR Invalid value 'maybe' to SENTINEL CONFIG SET 'resolve-hostnames'"));
  }

  @Test
  void everyOrderForAnUnknownMasterIsRefusedInTheSameWords() {
    OrderResult unknown = refused("ERR No such master with that name");
    assertThat(s.order(new Order.Failover("x"))).isEqualTo(unknown);
    assertThat(s.order(new Order.Remove("x"))).isEqualTo(unknown);
    assertThat(s.order(new Order.Set("x", List.of("quorum", "1"), List.of()))).isEqualTo(unknown);
    assertThat(s.order(new Order.Reset(List.of("x")))).isEqualTo(new OrderResult.Count(0));
  }

  @Test
  void aManualFailoverNeedsNoElectionButRecordsItsVote() {
    assertThat(s.order(new Order.Failover(GROUP))).isEqualTo(DONE);
    s.run(200);
    assertThat(s.events())
        .containsSubsequence(
            "+new-epoch",
            "+try-failover",
            "+vote-for-leader",
            "+elected-leader",
            "+selected-slave",
            "+failover-state-wait-promotion")
        .doesNotContain("+odown");
    assertThat(s.all(CoreAction.AskPeer.class)).as("the master is up: nobody is asked").isEmpty();
    assertThat(s.master().instance().flags()).contains("force_failover");
    List<CoreAction.Persist> stored = s.all(CoreAction.Persist.class);
    assertThat(stored.get(stored.size() - 1).state().group(GROUP).orElseThrow().leaderEpoch())
        .isEqualTo(1);
    assertThat(s.order(new Order.Failover(GROUP)))
        .isEqualTo(refused("INPROG Failover already in progress"));
  }

  @Test
  void aManualFailoverMakesTheOldMasterAReplica() {
    s.order(new Order.Failover(GROUP));
    s.run(50);
    var promoted = s.all(CoreAction.MakeMaster.class).get(0).target().address();
    s.reportMaster.add(promoted);
    s.info(promoted);
    s.followed = promoted;
    s.run(1_500);
    assertThat(s.events()).contains("+switch-master");
    assertThat(s.master().instance().flags()).isEqualTo("master");
    s.run(12_000);
    assertThat(s.all(CoreAction.StepDown.class))
        .extracting(a -> a.target().address())
        .containsOnly(MASTER);
  }

  @Test
  void aManualFailoverNeedsAGoodReplica() {
    for (var replica : List.of(REPLICA_1, REPLICA_2)) {
      s.silent.add(replica);
      s.give(new CoreInput.LinkDown(redis(replica), "reset"));
    }
    assertThat(s.order(new Order.Failover(GROUP)))
        .isEqualTo(refused("NOGOODSLAVE No suitable replica to promote"));
  }

  @Test
  void aManualFailoverWaitsInTilt() {
    s.now += 5_000;
    s.give(new CoreInput.Tick());
    assertThat(s.order(new Order.Failover(GROUP))).isEqualTo(DONE);
    s.run(1_000);
    assertThat(s.master().failoverState()).isEqualTo("wait_start");
    s.run(30_000);
    assertThat(s.all(CoreAction.MakeMaster.class)).isNotEmpty();
  }

  @Test
  void resetForgetsWhatWasDiscoveredAndKeepsEpochsAndAddress() {
    s.hello(PEER_1, 4, REPLICA_1, 4);
    s.give(new CoreInput.PeerAsked(7, REPLICA_1, 5, "candidate"));
    s.silent.add(REPLICA_1);
    assertThat(s.order(new Order.Reset(List.of(GROUP)))).isEqualTo(new OrderResult.Count(1));

    CoreView.Master after = s.master();
    assertThat(after.replicas()).isEmpty();
    assertThat(after.current()).isEqualTo(REPLICA_1);
    assertThat(after.configEpoch()).isEqualTo(4);
    assertThat(after.instance().runId()).isEmpty();
    assertThat(s.payloads("+reset-master")).containsExactly("master mymaster 10.0.0.2 7000");
    s.give(new CoreInput.PeerAsked(8, REPLICA_1, 5, "other"));
    assertThat(s.all(CoreAction.AnswerPeer.class))
        .last()
        .as("no second vote in the same epoch")
        .isEqualTo(new CoreAction.AnswerPeer(8, false, "*", 5));
  }

  @Test
  void resetCancelsAFailoverAndReplicasReappear() {
    s.order(new Order.Failover(GROUP));
    s.run(50);
    s.order(new Order.Reset(List.of(GROUP)));
    assertThat(s.master().failoverState()).isNull();
    s.give(new CoreInput.LinkDown(redis(MASTER), "reset"));
    s.give(new CoreInput.LinkUp(redis(MASTER)));
    s.run(500);
    assertThat(s.master().replicas()).hasSize(2);
  }
}
