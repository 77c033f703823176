package io.github.jedisfailover.testing.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.testing.containers.GroupSettings.Watch;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What needs no engine: settings, the servers' files, addresses of a subnet. */
class GroupSettingsTest {
  private static final GroupSettings DEFAULT = GroupSettings.DEFAULT;

  @Test
  void wrongSettingsAreRefused() {
    refused(() -> DEFAULT.replicas(21), "replicas must be 0..20, was 21");
    refused(() -> DEFAULT.quorum(0), "quorum must be 1..9, was 0");
    refused(
        () -> DEFAULT.quorum(4).checked(), "quorum must be 1..3 (monitors or Sentinels), was 4");
    refused(
        () -> DEFAULT.downAfter(Duration.ofMillis(99)),
        "downAfter must be 100 ms..3600000 ms, was 99 ms");
    refused(
        () -> DEFAULT.masterName("a b"),
        "masterName must be of letters, digits, '.', '_' and '-', was 'a b'");
    refused(
        () -> DEFAULT.password("a\nb"),
        "password must be of printable ASCII characters and not blank");
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void nobodyNeedsAQuorum() {
    assertThat(DEFAULT.watchedBy(Watch.NOBODY, 0).checked().sentinels()).isZero();
    assertThat(DEFAULT.watchedBy(Watch.SENTINELS, 5).quorum()).isEqualTo(3);
  }

  @Test
  void filesSayWhoFollowsWhomAndQuoteThePassword() {
    GroupSettings settings = DEFAULT.password("a \"b\\").watchedBy(Watch.SENTINELS, 3);
    NodeAddress master = new NodeAddress("172.18.0.2", 6379);
    NodeAddress replica = new NodeAddress("172.18.0.3", 6379);
    NodeAddress sentinel = new NodeAddress("172.18.0.4", 26379);
    assertThat(ServerFiles.node(settings, replica, Optional.of(master)).lines())
        .contains(
            "replicaof 172.18.0.2 6379",
            "replica-announce-ip 172.18.0.3",
            "requirepass \"a \\\"b\\\\\"",
            "masterauth \"a \\\"b\\\\\"");
    assertThat(ServerFiles.sentinel(settings, sentinel, master).lines())
        .contains(
            "sentinel announce-ip 172.18.0.4",
            "sentinel monitor mymaster 172.18.0.2 6379 2",
            "sentinel down-after-milliseconds mymaster 1000",
            "sentinel auth-pass mymaster \"a \\\"b\\\\\"");
  }

  @Test
  void aSubnetIsHalved() {
    Subnet4 subnet = Subnet4.parse("192.168.240.0/20");
    assertThat(subnet).hasToString("192.168.240.0/20");
    assertThat(subnet.address(2)).isEqualTo("192.168.240.2");
    assertThat(subnet.address(300)).isEqualTo("192.168.241.44");
    assertThat(subnet.upperHalf()).hasToString("192.168.248.0/21");
    assertThatThrownBy(() -> Subnet4.parse("10.0.0.0/26"))
        .hasMessage("the engine's networks must be /25 or larger, was 10.0.0.0/26");
  }
}
