package io.github.jedisfailover.internal.monitor.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.monitor.core.InfoReport;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfoParserTest {
  static String captured(String name) {
    try (InputStream in = InfoParserTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"7.0,17912", "6.2,17922"})
  void readsACapturedMaster(String version, int replicaPort) {
    InfoReport info = InfoParser.parse(captured("info-" + version + "-master.txt"));
    assertThat(info.master()).isTrue();
    assertThat(info.runId()).matches("[0-9a-f]{40}");
    assertThat(info.replicas()).containsExactly(new NodeAddress("127.0.0.1", replicaPort));
    assertThat(info.masterAddress()).isNull();
    assertThat(info.offset()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"7.0,17911", "6.2,17921"})
  void readsACapturedReplica(String version, int masterPort) {
    InfoReport info = InfoParser.parse(captured("info-" + version + "-replica.txt"));
    assertThat(info.master()).isFalse();
    assertThat(info.masterAddress()).isEqualTo(new NodeAddress("127.0.0.1", masterPort));
    assertThat(info.linkUp()).isTrue();
    assertThat(info.syncing()).isFalse();
    assertThat(info.linkDownSeconds()).isZero();
    assertThat(info.priority()).isEqualTo(100);
    assertThat(info.offset()).isPositive();
    assertThat(info.announced()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"7.0", "6.2"})
  void readsACapturedReplicaThatLostItsMaster(String version) {
    InfoReport info = InfoParser.parse(captured("info-" + version + "-replica-alone.txt"));
    assertThat(info.master()).isFalse();
    assertThat(info.linkUp()).isFalse();
    assertThat(info.linkDownSeconds()).isBetween(1L, 10L);
  }

  @Test
  void readsTheOldFormOfReplicaLines() {
    InfoReport info = InfoParser.parse("role:master\r\nslave0:10.0.0.1,6380,online\r\n");
    assertThat(info.replicas()).containsExactly(new NodeAddress("10.0.0.1", 6380));
  }

  @Test
  void fieldsOfAReplicaBeforeItsRoleDoNotCount() {
    InfoReport info = InfoParser.parse("master_host:a\r\nmaster_port:1\r\nrole:slave\r\n");
    assertThat(info.masterAddress()).isNull();
  }

  @Test
  void aReplicaThatNeverSyncedSaysMinusOne() {
    InfoReport info = InfoParser.parse("role:slave\r\nmaster_link_down_since_seconds:-1\r\n");
    assertThat(info.linkDownSeconds()).isEqualTo(-1);
  }

  @Test
  void garbageCountsAsAbsent() {
    InfoReport info =
        InfoParser.parse(
            "role:slave\r\nslave_priority:x\r\nslave_repl_offset:\r\nslave0:ip=,port=0\r\nslave1:"
                + "\r\nmaster_host:?\r\nmaster_port:99999\r\nrun_id:short\r\n\u0000\r\n:\r\n");
    assertThat(info.priority()).isEqualTo(100);
    assertThat(info.replicas()).isEmpty();
    assertThat(info.masterAddress()).isNull();
    assertThat(info.runId()).isEmpty();
  }

  @Test
  void readsWhatANodeHolds() {
    assertThat(InfoParser.parse(captured("info-7.0-master.txt")).data().history())
        .matches("[0-9a-f]{40}");
    String head = "master_replid:abc\r\nloading:1\r\n";
    assertThat(InfoParser.parse(head).data()).isEqualTo(new InfoReport.Data("abc", -1, true));
    assertThat(InfoParser.parse(head + "# Keyspace\r\n").data().keys()).isZero();
    String keys = "# Keyspace\r\ndb0:keys=3,expires=0,avg_ttl=0\r\ndb5:keys=4,expires=0\r\n";
    assertThat(InfoParser.parse(keys).data().keys()).isEqualTo(7);
  }
}
