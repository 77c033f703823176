package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.testing.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListenAddressesTest {
  private final int port = new FreePorts().any("127.0.0.1");
  private final List<ListenerSockets> bound = new ArrayList<>();

  @AfterEach
  void close() {
    bound.forEach(ListenerSockets::close);
  }

  private List<String> bind(String... addresses) throws ListenException {
    ListenerSockets sockets =
        ListenerSockets.of(ListenAddresses.bind(List.of(addresses), port, Optional.empty()));
    bound.add(sockets);
    return sockets.doors().stream()
        .map(door -> door.server().getInetAddress())
        .map(address -> address.isAnyLocalAddress() ? "*" : address.getHostAddress())
        .toList();
  }

  @Test
  void oneSocketServesAllAddressesOfBothFamilies() throws ListenException {
    assertThat(bind("*", "-::*")).containsExactly("*");
  }

  @Test
  void eachAddressHasASocketAndAnOptionalOneMayBeMissing() throws ListenException {
    assertThat(bind("127.0.0.1", "-1.2.3.4", "127.0.0.2"))
        .containsExactly("127.0.0.1", "127.0.0.2");
  }

  @Test
  void aMissingAddressIsNamedAndNothingStaysBound() throws ListenException {
    assertThatThrownBy(() -> bind("127.0.0.1", "1.2.3.4"))
        .isInstanceOf(ListenException.class)
        .hasMessageStartingWith("1.2.3.4:" + port + ": bind: ");
    assertThat(bind("127.0.0.1")).as("free again").hasSize(1);
  }

  @Test
  void aTakenPortIsNoMissingAddress() throws IOException {
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(taken.isBound()).isTrue();
      assertThatThrownBy(() -> bind("-127.0.0.1"))
          .hasMessage("127.0.0.1:" + port + ": bind: Address already in use");
    }
  }
}
