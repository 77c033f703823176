package io.github.jedisfailover.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadFromTest {
  @ParameterizedTest
  @CsvSource({
    "MASTER, MASTER",
    "master, MASTER",
    "masterPreferred, MASTER_PREFERRED",
    "replica, REPLICA",
    "replicaPreferred, REPLICA_PREFERRED",
    "REPLICA_PREFERRED, REPLICA_PREFERRED",
    "any, ANY",
    "lowestLatency, LOWEST_LATENCY",
    "replica;within=2s, REPLICA;within=2000ms",
    "any; within=500ms ;withinBytes=7, ANY;within=500ms;withinBytes=7",
    "replica;subnet=10.1.0.0/16+fd00::/8, REPLICA;subnet=10.1.0.0/16+fd00::/8",
  })
  void isReadFromItsText(String text, String canonical) {
    assertThat(ReadFrom.parse(text)).hasToString(canonical);
    assertThat(ReadFrom.parse(canonical)).isEqualTo(ReadFrom.parse(text));
  }

  @Test
  void theNamesAreTheConstants() {
    assertThat(ReadFrom.parse("replicaPreferred")).isEqualTo(ReadFrom.REPLICA_PREFERRED);
    assertThat(ReadFrom.parse("replica-preferred")).isEqualTo(ReadFrom.REPLICA_PREFERRED);
    assertThat(ReadFrom.REPLICA.within(Duration.ofSeconds(1)))
        .isEqualTo(ReadFrom.parse("replica;within=1s"))
        .hasSameHashCodeAs(ReadFrom.parse("replica;within=1s"))
        .isNotEqualTo(ReadFrom.REPLICA)
        .isNotEqualTo(ReadFrom.REPLICA.withinBytes(0));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nearest | readFrom must begin with one of [MASTER, MASTER_PREFERRED, REPLICA, REPLICA_PREFERRED, ANY, LOWEST_LATENCY], was 'nearest'
          any;zone=a | readFrom must have no option but subnet, within and withinBytes, was 'any;zone=a'
          any;within=5 | readFrom must have within=<n>ms or <n>s and withinBytes=<n>, was 'any;within=5'
          any;within=9ms | within must be 10 ms..86400000 ms, was 9 ms
          any;withinBytes=-1 | withinBytes must be 0 or more, was -1
          master;within=1s | within must follow a policy that reads from replicas, was MASTER
          any;subnet=10.0.0.1 | subnet must be a network such as 10.1.0.0/16 or fd00:1::/32, was '10.0.0.1'
          lowestLatency;subnet=::/0 | a preference for near nodes must follow another policy than LOWEST_LATENCY, which has its own order, was subnet=::/0
          """)
  void refusesWhatItIsNot(String text, String message) {
    assertThatThrownBy(() -> ReadFrom.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.1.0.0/33", "10.1.0/8", "host/8", "10.1.0.0/", "10.1.0.256/8", ":::/8"})
  void refusesNetworksThatAreNone(String network) {
    assertThatThrownBy(() -> ReadFrom.subnet(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + network + "'");
  }

  @ParameterizedTest(name = "{0} in {1}: {2}")
  @CsvSource({
    "10.1.2.3, 10.1.0.0/16, true",
    "10.2.2.3, 10.1.0.0/16, false",
    "10.1.0.129, 10.1.0.128/25, true",
    "10.1.0.127, 10.1.0.128/25, false",
    "192.168.1.1, 0.0.0.0/0, true",
    "fd00:1::5, fd00:1::/32, true",
    "fd00:2::5, fd00:1::/32, false",
    "10.1.2.3, ::/0, false",
    "redis-1, 0.0.0.0/0, false",
  })
  void prefersNodesOfASubnet(String host, String network, boolean expected) {
    NodeAddress node = new NodeAddress(host, 6379);
    assertThat(ReadFrom.subnet(network).prefers(node)).isEqualTo(expected);
  }

  @Test
  void prefersNodesOfAZoneOrByATest() {
    NodeAddress here = new NodeAddress("a", 1);
    NodeAddress there = new NodeAddress("b", 1);
    ReadFrom zone = ReadFrom.zone("z1", Map.of(here, "z1", there, "z2"));
    assertThat(zone.prefers(here)).isTrue();
    assertThat(zone.prefers(there)).isFalse();
    assertThat(zone).isEqualTo(ReadFrom.ANY.inZone("z1", Map.of(there, "z2", here, "z1")));
    assertThat(zone).isNotEqualTo(ReadFrom.ANY.inZone("z1", Map.of()));
    ReadFrom test = ReadFrom.REPLICA.near("rack 7", here::equals);
    assertThat(test.prefers(here)).isTrue();
    assertThat(test.prefers(there)).isFalse();
    assertThat(test).hasToString("REPLICA;near=rack 7");
    assertThat(ReadFrom.ANY.prefers(there)).isTrue();
  }
}
