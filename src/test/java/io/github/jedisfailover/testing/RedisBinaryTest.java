package io.github.jedisfailover.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is there and does not start is an error that says so, not a reason for another. */
class RedisBinaryTest {
  @TempDir Path directory;

  @Test
  void whatAServerSaysThatDoesNotStartIsShown() throws IOException {
    Path broken =
        Files.writeString(
            directory.resolve("redis-server"), "#!/bin/sh\necho no libssl\nexit 127\n");
    assertThatThrownBy(() -> RedisBinary.named(broken.toString()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(broken + " (named by REDIS_SERVER or -Dredis.server) does not start")
        .hasMessageContaining("Permission denied");
    broken.toFile().setExecutable(true);
    assertThatThrownBy(() -> RedisBinary.named(broken.toString()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("exit status 127")
        .hasMessageContaining("no libssl");
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    String missing = directory.resolve("nowhere").toString();
    assertThatThrownBy(() -> RedisBinary.named(missing))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(missing)
        .hasMessageContaining("No such file");
  }
}
