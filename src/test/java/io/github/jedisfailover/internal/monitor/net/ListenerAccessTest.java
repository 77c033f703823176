package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.internal.monitor.acl.AclUser;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenerAccessTest {
  @TempDir private Path directory;

  private static ListenerAccess access(Path file) {
    ListenerConfig config = ListenerConfig.builder().aclFile(file).build();
    return ListenerAccess.of(config, MonotonicClock.SYSTEM);
  }

  /** It holds hashes of passwords. */
  @Test
  void aFileOfUsersThatWasClosedToOthersStaysSo() throws Exception {
    Path file = directory.resolve("users.acl");
    Files.writeString(file, "user default on nopass ~* &* +@all\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    ListenerAccess access = access(file);
    access.change(users -> users.with(AclUser.fresh("bob").with(">secret")));

    assertThat(access.save()).isTrue();

    assertThat(Files.readAllLines(file)).isEqualTo(access.users().describe()).hasSize(2);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(access(file).users().describe()).isEqualTo(access.users().describe());
  }

  @Test
  void nothingStaysBehindWhereTheFileCannotBeWritten() throws Exception {
    ListenerAccess access = access(directory.resolve("users.acl"));
    Files.createDirectories(directory.resolve("users.acl").resolve("in the way"));

    assertThat(access.save()).isFalse();

    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(directory.resolve("users.acl"));
    }
  }
}
