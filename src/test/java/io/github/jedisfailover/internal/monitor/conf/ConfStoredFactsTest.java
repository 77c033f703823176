package io.github.jedisfailover.internal.monitor.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.internal.monitor.core.MasterSettings;
import io.github.jedisfailover.internal.monitor.core.PersistentState;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfStoredFactsTest {
  private static final String ID = "0123456789abcdef0123456789abcdef01234567";
  private static final String FILE =
      """
      sentinel myid %s
      sentinel resolve-hostnames yes
      sentinel announce-hostnames yes
      sentinel monitor m Redis.Local 6379 2
      sentinel auth-pass m x
      sentinel known-replica m 10.0.0.2 6379
      sentinel known-replica m 10.0.0.3 0
      sentinel known-sentinel m 10.0.0.4 26379 other
      sentinel config-epoch m 5
      sentinel leader-epoch m 6
      sentinel monitor n 10.0.1.1 6379 2
      """
          .formatted(ID);

  private static SentinelConf read(String text) throws ConfException {
    return ConfReader.read(text, "", Surroundings.unchecked("/"));
  }

  @Test
  void theCoreGetsWhatTheFileRemembers() throws ConfException {
    PersistentState state = StoredFacts.of(read(FILE)).orElseThrow();
    assertThat(state.myId()).isEqualTo(ID);
    assertThat(state.currentEpoch()).isEqualTo(5);
    PersistentState.Group group = state.group("m").orElseThrow();
    assertThat(group.master()).isEqualTo(new NodeAddress("redis.local", 6379));
    assertThat(group.configEpoch()).isEqualTo(5);
    assertThat(group.leaderEpoch()).isEqualTo(6);
    assertThat(group.replicas()).containsExactly(new NodeAddress("10.0.0.2", 6379));
    assertThat(group.peers())
        .containsExactly(
            new PersistentState.KnownPeer(new NodeAddress("10.0.0.4", 26379), "other"));
    assertThat(state.group("n")).isPresent();
  }

  @Test
  void theCoreGetsTheSettingsOfAMaster() throws ConfException {
    String text =
        FILE
            + "sentinel down-after-milliseconds n 3\nsentinel failover-timeout n 4\n"
            + "sentinel parallel-syncs n 5\n";
    assertThat(StoredFacts.settings(read(text).master("n").orElseThrow()))
        .isEqualTo(new MasterSettings("n", 2, 3, 4, 5));
  }

  @Test
  void aFileWithoutAnIdIsNoMemory() throws ConfException {
    assertThat(StoredFacts.of(read(FILE.substring(FILE.indexOf('\n') + 1)))).isEmpty();
  }

  @Test
  void theFileGetsWhatTheCoreStoresAndKeepsItsSettingsAndSpelling() throws ConfException {
    SentinelConf conf = read(FILE);
    NodeAddress old = new NodeAddress("redis.local", 6379);
    NodeAddress next = new NodeAddress("10.0.0.2", 6379);
    PersistentState state =
        new PersistentState(
            ID, 9, List.of(new PersistentState.Group("m", next, 9, 8, List.of(old), List.of())));

    SentinelConf stored = StoredFacts.with(conf, state);

    MasterConf master = stored.master("m").orElseThrow();
    assertThat(master.options()).isEqualTo(conf.master("m").orElseThrow().options());
    assertThat(master.address()).isEqualTo(ConfAddress.of("10.0.0.2", 6379));
    assertThat(master.memory().replicas())
        .containsExactly(new ConfAddress("Redis.Local", "", 6379));
    assertThat(stored.global().currentEpoch()).isEqualTo(9);
    assertThat(stored.master("n")).isEqualTo(conf.master("n"));
    assertThat(StoredFacts.of(stored).orElseThrow().group("m")).isEqualTo(state.group("m"));
  }

  @Test
  void aGroupThatTheFileDoesNotMonitorIsADefect() throws ConfException {
    SentinelConf conf = read(FILE);
    PersistentState state =
        new PersistentState(
            ID,
            1,
            List.of(
                new PersistentState.Group(
                    "x", new NodeAddress("a", 1), 0, 0, List.of(), List.of())));
    assertThatThrownBy(() -> StoredFacts.with(conf, state))
        .hasMessage("no master 'x' in the config file");
  }
}
