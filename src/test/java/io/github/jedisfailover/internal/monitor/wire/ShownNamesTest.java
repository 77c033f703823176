package io.github.jedisfailover.internal.monitor.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShownNamesTest {
  @Test
  void namesOfCommandsAreShownInFull() {
    assertThat(CommandTable.shownName(List.of("PING", "x"))).isEqualTo("ping");
    assertThat(CommandTable.shownName(List.of("Client", "LIST"))).isEqualTo("client|list");
    assertThat(CommandTable.shownName(List.of("client", "setinfo", "a", "b")))
        .isEqualTo("client|setinfo");
    assertThat(CommandTable.shownName(List.of("sentinel"))).isEqualTo("sentinel");
    assertThat(CommandTable.shownName(List.of("quit"))).isEqualTo("quit");
  }

  /** They would stand in CLIENT LIST and in the ACL log as their sender spelled them. */
  @Test
  void wordsThatAreNoCommandsAreNot() {
    assertThat(CommandTable.shownName(List.of("x\r\nid=9 addr=1.2.3.4:5"))).isEqualTo("NULL");
    assertThat(CommandTable.shownName(List.of("client", "x\n"))).isEqualTo("NULL");
  }
}
