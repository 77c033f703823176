package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Script.GROUP;
import static io.github.jedisfailover.internal.monitor.core.Script.MASTER;
import static io.github.jedisfailover.internal.monitor.core.Script.ME;
import static io.github.jedisfailover.internal.monitor.core.Script.PEER_1;
import static io.github.jedisfailover.internal.monitor.core.Script.PEER_2;
import static io.github.jedisfailover.internal.monitor.core.Script.REPLICA_1;
import static io.github.jedisfailover.internal.monitor.core.Script.peer;
import static io.github.jedisfailover.internal.monitor.core.Script.redis;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A monitor in one quorum with real Sentinels. */
class DiscoveryTest {
  private static final GlobalSettings PLAIN = GlobalSettings.DEFAULT;
  private static final GlobalSettings NAMES = PLAIN.withHostnames(true, true);
  private static final String A = "a".repeat(40);
  private static final String B = "b".repeat(40);

  private final Script s = Script.discovering(Departures.ALL, PLAIN, GROUP);

  private static void hello(Script s, String group, String id, NodeAddress from, long epoch) {
    s.give(new CoreInput.HelloHeard(new Hello(from, id, epoch, group, MASTER, 0), false));
  }

  private static List<CoreView.Peer> peers(Script s, String group) {
    return s.core.view(s.now).master(group).orElseThrow().peers();
  }

  @Test
  void whoeverKnowsTheMasterIsAPeerAndIsStored() {
    hello(s, GROUP, A, PEER_1, 0);
    hello(s, GROUP, A, PEER_1, 0);

    assertThat(s.payloads("+sentinel"))
        .containsExactly("sentinel " + A + " 10.0.1.2 26379 @ mymaster 10.0.0.1 7000");
    assertThat(s.all(CoreAction.OpenLink.class)).contains(new CoreAction.OpenLink(peer(PEER_1)));
    List<CoreAction.Persist> stored = s.all(CoreAction.Persist.class);
    assertThat(stored.get(stored.size() - 1).state().group(GROUP).orElseThrow().peers())
        .containsExactly(new PersistentState.KnownPeer(PEER_1, A));
  }

  @Test
  void realSentinelsAreAskedNothingThatASentinelDoesNotAsk() {
    hello(s, GROUP, A, PEER_1, 0);
    s.run(5_000);
    assertThat(s.all(CoreAction.AskMembers.class)).isEmpty();
  }

  @Test
  void aHelloForAnUnknownMasterOrFromItselfChangesNothing() {
    hello(s, "other", A, PEER_1, 7);
    hello(s, GROUP, "me", PEER_1, 7);
    assertThat(peers(s, GROUP)).isEmpty();
    assertThat(s.core.view(s.now).currentEpoch()).isZero();
  }

  @Test
  void aPeerThatMovedKeepsItsVoiceAndGetsANewLink() {
    hello(s, GROUP, A, PEER_1, 0);
    hello(s, GROUP, A, PEER_2, 0);

    assertThat(s.payloads("+sentinel-address-switch"))
        .containsExactly("master mymaster 10.0.0.1 7000 ip 10.0.1.3 port 26379 for " + A);
    assertThat(s.events()).doesNotContain("+sentinel-invalid-addr", "+sentinel-address-update");
    assertThat(s.all(CoreAction.CloseLink.class)).contains(new CoreAction.CloseLink(peer(PEER_1)));
    assertThat(peers(s, GROUP)).hasSize(1);
    assertThat(peers(s, GROUP).get(0).instance().address()).isEqualTo(PEER_2);
    assertThat(s.payloads("+sentinel")).hasSize(1);
  }

  @Test
  void aNewIdentityAtAKnownAddressTakesTheOldOnesPlaceUnderAllMasters() {
    Script two = Script.discovering(Departures.ALL, PLAIN, GROUP, "second");
    hello(two, GROUP, A, PEER_1, 0);
    hello(two, "second", A, PEER_1, 0);
    hello(two, GROUP, B, PEER_1, 0);

    assertThat(two.payloads("+sentinel-invalid-addr"))
        .contains("sentinel " + A + " 10.0.1.2 26379 @ mymaster 10.0.0.1 7000");
    assertThat(peers(two, "second")).isEmpty();
    assertThat(peers(two, GROUP)).extracting(p -> p.instance().runId()).containsExactly(B);
  }

  @Test
  void groupsShareTheLinkToAPeerAndItsNewAddress() {
    Script two = Script.discovering(Departures.ALL, PLAIN, GROUP, "second");
    hello(two, GROUP, A, PEER_1, 0);
    hello(two, "second", A, PEER_1, 0);
    assertThat(two.all(CoreAction.OpenLink.class))
        .filteredOn(o -> o.target().equals(peer(PEER_1)))
        .hasSize(1);
    assertThat(peers(two, GROUP).get(0).linkShares()).isEqualTo(2);

    hello(two, "second", A, PEER_2, 0);
    assertThat(two.payloads("+sentinel-address-update"))
        .containsExactly(
            "sentinel "
                + A
                + " 10.0.1.3 26379 @ second 10.0.0.1 7000 1 additional matching"
                + " instances");
    assertThat(peers(two, GROUP).get(0).instance().address()).isEqualTo(PEER_2);
  }

  @Test
  void everyKnownPeerCountsForTheMajority() {
    IntStream.range(0, 4)
        .forEach(i -> hello(s, GROUP, ("" + i).repeat(40), new NodeAddress("10.0.2." + i, 1), 0));
    s.silent.add(MASTER);
    s.give(new CoreInput.LinkDown(redis(MASTER), "reset"));
    s.run(1_100);
    vote(0, "*");
    s.run(200);
    vote(0, "me");
    s.run(100);
    assertThat(s.events()).as("2 of 5").contains("+try-failover").doesNotContain("+elected-leader");
    vote(1, "me");
    s.run(100);
    assertThat(s.events()).as("3 of 5").contains("+elected-leader");
  }

  private void vote(int i, String leader) {
    s.give(
        new CoreInput.PeerAnswered(
            peer(new NodeAddress("10.0.2." + i, 1)), GROUP, true, leader, 1));
  }

  @Test
  void startsWithTheStoredPeersAndTellsOnlyOfTheMaster() {
    Script known =
        Script.discovering(
            Departures.ALL,
            PLAIN,
            List.of(new PersistentState.KnownPeer(PEER_1, A)),
            GROUP,
            "second");
    assertThat(peers(known, GROUP)).hasSize(1);
    assertThat(peers(known, "second").get(0).linkShares()).isEqualTo(2);
    assertThat(known.events()).contains("+monitor").doesNotContain("+sentinel");
  }

  @Test
  void resetForgetsThePeersOfTheGroupOnly() {
    Script two = Script.discovering(Departures.ALL, PLAIN, GROUP, "second");
    hello(two, GROUP, A, PEER_1, 0);
    hello(two, "second", A, PEER_1, 0);
    two.order(new Order.Reset(List.of(GROUP)));
    assertThat(peers(two, GROUP)).isEmpty();
    assertThat(two.all(CoreAction.CloseLink.class))
        .as("the other group still uses it")
        .doesNotContain(new CoreAction.CloseLink(peer(PEER_1)));
    two.order(new Order.Reset(List.of("second")));
    assertThat(two.all(CoreAction.CloseLink.class))
        .contains(new CoreAction.CloseLink(peer(PEER_1)));
  }

  @Test
  void monitorsAndRemovesMastersAndVotesOncePerEpochAllTheSame() {
    s.give(new CoreInput.PeerAsked(1, MASTER, 3, A));
    assertThat(s.order(new Order.Remove(GROUP))).isEqualTo(new OrderResult.Done());
    assertThat(s.payloads("-monitor")).containsExactly("master mymaster 10.0.0.1 7000");
    assertThat(s.core.view(s.now).masters()).isEmpty();
    List<CoreAction.Persist> stored = s.all(CoreAction.Persist.class);
    assertThat(stored.get(stored.size() - 1).state().groups()).isEmpty();

    assertThat(s.order(new Order.Monitor(GROUP, "10.0.0.1", 7_000, 2)))
        .isEqualTo(new OrderResult.Done());
    assertThat(s.order(new Order.Monitor(GROUP, "10.0.0.1", 7_000, 2)))
        .isEqualTo(new OrderResult.Refused("ERR Duplicate master name."));
    assertThat(s.order(new Order.Monitor("x", "10.0.0.1", 70_000, 2)))
        .isEqualTo(new OrderResult.Refused("ERR Invalid port number."));
    s.give(new CoreInput.PeerAsked(2, MASTER, 3, B));
    assertThat(s.all(CoreAction.AnswerPeer.class))
        .last()
        .isEqualTo(new CoreAction.AnswerPeer(2, false, "*", 3));
    assertThat(s.master().instance().downAfterMillis()).isEqualTo(30_000);
  }

  @Test
  void announcesWhatItIsTold() {
    s.run(2_100);
    assertThat(said(s).sender()).isEqualTo(ME);
    s.order(new Order.ConfigSet(List.of("announce-ip", "1.2.3.4", "announce-port", "99")));
    s.run(2_100);
    assertThat(said(s).sender()).isEqualTo(new NodeAddress("1.2.3.4", 99));
    Hello any = new Hello(new NodeAddress(Hello.ANY_HOST, 5), "id", 1, "m", MASTER, 1);
    assertThat(any.from("9.9.9.9").sender()).isEqualTo(new NodeAddress("9.9.9.9", 5));
    assertThat(said(s).from("9.9.9.9").sender().host()).isEqualTo("1.2.3.4");
  }

  private static Hello said(Script s) {
    List<CoreAction.SayHello> all = s.all(CoreAction.SayHello.class);
    return all.get(all.size() - 1).hello();
  }

  @Test
  void withoutPermissionForNamesASenderByNameIsNoPeerButItsEpochCounts() {
    hello(s, GROUP, A, new NodeAddress("sentinel-1", 26379), 7);
    assertThat(peers(s, GROUP)).isEmpty();
    assertThat(s.core.view(s.now).currentEpoch()).isEqualTo(7);
    assertThat(s.all(CoreAction.Resolve.class)).isEmpty();
  }

  @Test
  void namesAreLookedUpAndMeanTheSameNodeAsTheirAddress() {
    Script named = Script.discovering(Departures.ALL, NAMES, GROUP);
    NodeAddress byName = new NodeAddress("sentinel-1", 26379);
    hello(named, GROUP, A, byName, 0);
    assertThat(named.all(CoreAction.Resolve.class))
        .containsExactly(new CoreAction.Resolve("sentinel-1"));
    assertThat(peers(named, GROUP)).as("not known yet").isEmpty();

    named.give(new CoreInput.HostResolved("sentinel-1", PEER_1.host()));
    hello(named, GROUP, A, byName, 0);
    hello(named, GROUP, A, PEER_1, 0);
    assertThat(named.events()).contains("+sentinel").doesNotContain("+sentinel-address-switch");
    assertThat(peers(named, GROUP).get(0).instance().address()).isEqualTo(byName);
    named.order(new Order.ConfigSet(List.of("announce-hostnames", "no")));
    assertThat(peers(named, GROUP).get(0).instance().address()).isEqualTo(PEER_1);
  }

  @Test
  void aReplicaByNameIsTheOneKnownByItsAddress() {
    Script named = Script.discovering(Departures.ALL, NAMES, GROUP);
    int before = named.master().replicas().size();
    named.give(new CoreInput.HostResolved("replica-1", REPLICA_1.host()));
    hello(named, GROUP, A, PEER_1, 1);
    named.give(
        new CoreInput.HelloHeard(
            new Hello(PEER_1, A, 1, GROUP, new NodeAddress("replica-1", REPLICA_1.port()), 1),
            false));
    assertThat(named.master().current()).isEqualTo(REPLICA_1);
    assertThat(named.master().replicas()).hasSize(before);
  }

  @Test
  void eachGroupJudgesAPeerByItsOwnPatience() {
    Script two = Script.discovering(Departures.ALL, PLAIN, GROUP, "second");
    hello(two, GROUP, A, PEER_1, 0);
    hello(two, "second", A, PEER_1, 0);
    two.order(new Order.Set("second", List.of("down-after-milliseconds", "5000"), List.of()));
    two.silent.add(PEER_1);
    two.give(new CoreInput.LinkDown(peer(PEER_1), "reset"));
    two.run(2_000);
    assertThat(peers(two, GROUP).get(0).instance().flags()).startsWith("s_down");
    assertThat(peers(two, "second").get(0).instance().flags()).startsWith("sentinel");
  }
}
