package io.github.jedisfailover.internal.monitor.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.monitor.core.Login;
import io.github.jedisfailover.internal.monitor.core.MasterSettings;
import io.github.jedisfailover.internal.monitor.core.PersistentState;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SentinelStateTest {
  private static final String ID = "b".repeat(40);
  private static final String FILE =
      """
      port 26379
      loglevel verbose
      sentinel myid %s
      sentinel announce-ip "1.1.1.1"
      sentinel announce-port 99
      sentinel sentinel-user u
      sentinel sentinel-pass p
      sentinel monitor m 1.2.3.4 6379 2
      sentinel down-after-milliseconds m 1000
      sentinel failover-timeout m 2000
      sentinel parallel-syncs m 3
      sentinel notification-script m /n.sh
      sentinel client-reconfig-script m /r.sh
      sentinel auth-pass m secret
      sentinel auth-user m user
      sentinel master-reboot-down-after-period m 5
      sentinel rename-command m CONFIG guess
      sentinel config-epoch m 3
      sentinel leader-epoch m 4
      sentinel current-epoch 4
      """
          .formatted(ID);

  private static SentinelConf read(String text) throws ConfException {
    return ConfReader.read(text, "", Surroundings.unchecked("/"));
  }

  @Test
  void allOfTheFileIsInTheState() throws ConfException {
    PersistentState state = SentinelState.of(read(FILE), "never used");

    assertThat(state.myId()).isEqualTo(ID);
    assertThat(state.currentEpoch()).isEqualTo(4);
    assertThat(state.global().announceIp()).isEqualTo("1.1.1.1");
    assertThat(state.global().announcePort()).isEqualTo(99);
    assertThat(state.global().login()).isEqualTo(new Login("u", "p"));
    assertThat(state.global().denyScriptsReconfig()).isTrue();
    assertThat(state.global().logLevel()).isEqualTo("verbose");
    assertThat(state.groups()).hasSize(1);
    assertThat(state.groups().get(0).settings())
        .contains(
            new MasterSettings(
                "m",
                2,
                1_000,
                2_000,
                3,
                5,
                new MasterSettings.Scripts("/n.sh", "/r.sh"),
                new Login("user", "secret"),
                Map.of("config", "guess")));
  }

  @Test
  void aFileWithoutAnIdentityGetsTheNewOne() throws ConfException {
    SentinelConf conf = read("sentinel monitor m 1.2.3.4 6379 2\n");
    assertThat(SentinelState.of(conf, ID).myId()).isEqualTo(ID);
  }

  @Test
  void whatHasNotChangedIsWrittenAsItWas() throws ConfException {
    SentinelConf conf = read(FILE);
    SentinelConf again = SentinelState.with(conf, SentinelState.of(conf, ""));
    assertThat(again).isEqualTo(conf);
    assertThat(again.master("m").orElseThrow().options().renamedCommands())
        .as("in the file's spelling")
        .containsExactly(Map.entry("CONFIG", "guess"));
  }

  @Test
  void mastersComeAndGoAndSettingsChange() throws ConfException {
    SentinelConf conf = read(FILE);
    PersistentState old = SentinelState.of(conf, "");
    MasterSettings added = new MasterSettings("new", 1, 30_000, 180_000, 1);
    List<PersistentState.Group> groups = new ArrayList<>();
    groups.add(
        new PersistentState.Group(
            "new",
            new NodeAddress("5.6.7.8", 1),
            0,
            0,
            List.of(),
            List.of(),
            Optional.of(added.withRenamed("INFO", "i"))));

    PersistentState state =
        new PersistentState(
            ID, 9, groups, old.global().withLogLevel("warning").withAnnounced("", 0));
    String text = ConfRewriter.rewrite(FILE, SentinelState.with(conf, state));

    assertThat(text.lines().filter(l -> !l.isEmpty() && !l.startsWith("#")))
        .contains(
            "loglevel warning",
            "sentinel monitor new 5.6.7.8 1 1",
            "sentinel rename-command new info i",
            "sentinel current-epoch 9")
        .noneMatch(l -> l.contains(" m ") || l.contains("announce-"));
  }
}
