package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.internal.monitor.core.PersistentState;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileVoteStoreTest {
  private static final PersistentState STATE =
      new PersistentState(
          "f71a0ce6dcdb19edc3669b52448d0035ecfadd39",
          12,
          List.of(
              new PersistentState.Group(
                  "mymaster",
                  new NodeAddress("127.0.0.1", 7000),
                  11,
                  12,
                  List.of(new NodeAddress("::1", 7001), new NodeAddress("127.0.0.1", 7002)),
                  List.of(
                      new PersistentState.KnownPeer(
                          new NodeAddress("127.0.0.1", 26380), "a".repeat(40)))),
              new PersistentState.Group(
                  "other", new NodeAddress("h", 1), 0, 0, List.of(), List.of())));

  @TempDir Path directory;

  @Test
  void givesBackWhatWasStored() throws IOException {
    try (VoteStore store = VoteStore.inDirectory(directory.resolve("new"))) {
      assertThat(store.load()).isEmpty();
      store.save(new PersistentState("b".repeat(40), 1, List.of()));
      store.save(STATE);
    }
    try (VoteStore store = VoteStore.inDirectory(directory.resolve("new"))) {
      assertThat(store.load()).contains(STATE);
    }
  }

  @Test
  void aFileCutShortAtAnyByteIsNoFreshStart() throws IOException {
    Path file = directory.resolve("monitor.state");
    try (VoteStore store = VoteStore.inDirectory(directory)) {
      store.save(STATE);
      byte[] whole = Files.readAllBytes(file);
      for (int length = 0; length < whole.length; length++) {
        Files.write(file, Arrays.copyOf(whole, length));
        assertThatThrownBy(store::load)
            .as("cut to %s bytes", length)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("monitor.state")
            .hasMessageContaining("line ");
      }
    }
  }

  @Test
  void aChangedByteIsNoticed() throws IOException {
    Path file = directory.resolve("monitor.state");
    try (VoteStore store = VoteStore.inDirectory(directory)) {
      store.save(STATE);
      String text = Files.readString(file);
      Files.writeString(file, text.replace("current-epoch 12", "current-epoch 11"));
      assertThatThrownBy(store::load).hasMessageContaining("checksum");
      Files.writeString(file, "port 26379\nsentinel myid x\n");
      assertThatThrownBy(store::load).hasMessageContaining("line 1: expected");
    }
  }

  @Test
  void oneDirectoryServesOneMonitor() {
    try (VoteStore first = VoteStore.inDirectory(directory)) {
      assertThat(first.load()).isEmpty();
      assertThatThrownBy(() -> VoteStore.inDirectory(directory))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in use by another monitor");
    }
    VoteStore.inDirectory(directory).close();
  }
}
