package io.github.jedisfailover.internal.monitor.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShownNamesTest {
  @Test
  void namesOfCommandsAreShownInFull() {
    assertThat(CommandTable.shownName(List.of("PING", "x"), ServedNames.OWN)).isEqualTo("ping");
    assertThat(CommandTable.shownName(List.of("Client", "LIST"), ServedNames.OWN))
        .isEqualTo("client|list");
    assertThat(CommandTable.shownName(List.of("client", "setinfo", "a", "b"), ServedNames.OWN))
        .isEqualTo("client|setinfo");
    assertThat(CommandTable.shownName(List.of("sentinel"), ServedNames.OWN)).isEqualTo("sentinel");
    assertThat(CommandTable.shownName(List.of("quit"), ServedNames.OWN)).isEqualTo("quit");
  }

  /** They would stand in CLIENT LIST and in the ACL log as their sender spelled them. */
  @Test
  void wordsThatAreNoCommandsAreNot() {
    assertThat(CommandTable.shownName(List.of("x\r\nid=9 addr=1.2.3.4:5"), ServedNames.OWN))
        .isEqualTo("NULL");
    assertThat(CommandTable.shownName(List.of("client", "x\n"), ServedNames.OWN)).isEqualTo("NULL");
  }
}
