package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Script.MASTER;
import static io.github.jedisfailover.internal.monitor.core.Script.PEER_1;
import static io.github.jedisfailover.internal.monitor.core.Script.PEER_2;
import static io.github.jedisfailover.internal.monitor.core.Script.REPLICA_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EpochCapTest {
  private static final long FAR = Times.EPOCH_JUMP + 1;
  private final Script s = new Script(true);

  private long epoch() {
    return s.core.view(s.now).currentEpoch();
  }

  @Test
  void onePeerAloneCannotRaiseTheEpochFar() {
    s.hello(PEER_1, FAR, REPLICA_1, FAR);
    assertThat(epoch()).isZero();
    assertThat(s.master().current()).isEqualTo(MASTER);
    s.hello(PEER_1, Times.EPOCH_JUMP, MASTER, 0);
    assertThat(epoch()).isEqualTo(Times.EPOCH_JUMP);
  }

  @Test
  void aMajorityCan() {
    s.hello(PEER_1, FAR + 5, REPLICA_1, FAR);
    s.hello(PEER_2, FAR, REPLICA_1, FAR);
    assertThat(epoch()).as("what both have told").isEqualTo(FAR);
    assertThat(s.master().current()).isEqualTo(REPLICA_1);
  }

  @Test
  void aVoteRequestFromAFarEpochGetsTheVoteOnRecord() {
    s.give(new CoreInput.PeerAsked(1, MASTER, 3, "a"));
    s.give(new CoreInput.PeerAsked(2, MASTER, FAR + 3, "b"));
    assertThat(s.all(CoreAction.AnswerPeer.class))
        .last()
        .isEqualTo(new CoreAction.AnswerPeer(2, false, "a", 3));
    assertThat(epoch()).isEqualTo(3);
  }

  @Test
  void aConfigurationIsNeverNewerThanItsSendersEpoch() {
    s.hello(PEER_1, 1, REPLICA_1, 2);
    assertThat(s.master().current()).isEqualTo(MASTER);
  }

  @Test
  void asSentinelItTakesAnyEpoch() {
    Script plain = Script.discovering(Departures.NONE, GlobalSettings.DEFAULT, Script.GROUP);
    plain.hello(PEER_1, FAR, REPLICA_1, FAR);
    assertThat(plain.core.view(plain.now).currentEpoch()).isEqualTo(FAR);
  }
}
