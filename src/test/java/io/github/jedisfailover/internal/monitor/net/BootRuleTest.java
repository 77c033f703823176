package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.monitor.core.InfoReport;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BootRuleTest {
  private static final NodeAddress A = new NodeAddress("h", 1);
  private static final NodeAddress B = new NodeAddress("h", 2);
  private static final NodeAddress C = new NodeAddress("h", 3);
  private static final NodeAddress D = new NodeAddress("h", 4);

  private static InfoReport master(NodeAddress... replicas) {
    return new InfoReport("", true, List.of(replicas), null, false, false, 0, 100, 0, true, "");
  }

  private static InfoReport replicaOf(NodeAddress master) {
    return new InfoReport("", false, List.of(), master, true, false, 0, 100, 0, true, "");
  }

  @Test
  void theOnlyMasterIsTheMaster() {
    assertThat(BootRule.decide(Map.of(A, replicaOf(B), B, master())).master()).isEqualTo(B);
  }

  @Test
  void ofSeveralTheOneThatMostReplicasFollow() {
    Map<NodeAddress, InfoReport> answers =
        Map.of(A, master(), B, master(), C, replicaOf(B), D, replicaOf(B));
    assertThat(BootRule.decide(answers).master()).isEqualTo(B);
  }

  @Test
  void aReplicaThatTheMasterListsCountsWhateverNameItUses() {
    NodeAddress alias = new NodeAddress("127.0.0.1", 2);
    Map<NodeAddress, InfoReport> answers = Map.of(A, master(), B, master(C), C, replicaOf(alias));
    assertThat(BootRule.decide(answers).master()).isEqualTo(B);
  }

  @Test
  void aTieIsNotGuessed() {
    BootRule.Decision tie = BootRule.decide(Map.of(A, master(), B, master()));
    assertThat(tie.master()).isNull();
    assertThat(tie.reason()).contains("REPLICAOF");
  }

  @Test
  void withoutAMasterTheOneThatMostReplicasName() {
    Map<NodeAddress, InfoReport> answers =
        Map.of(A, replicaOf(D), B, replicaOf(D), C, replicaOf(A));
    assertThat(BootRule.decide(answers).master()).isEqualTo(D);
  }

  @Test
  void nobodyAnswering() {
    assertThat(BootRule.decide(Map.of()).master()).isNull();
  }
}
