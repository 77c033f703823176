package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.testsupport.RedisNode;
import io.github.jedisfailover.testsupport.TlsAccess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group that is reached through TLS only: by the client, the voters and the replicas. */
class TlsFailoverIT {
  @TempDir Path directory;

  @Test
  void writesGoOnAtTheNewMasterOverTls() {
    String missing = TlsAccess.missing();
    assumeTrue(missing.isEmpty(), missing);
    try (Stage stage = Stage.open(TlsAccess.create(directory, "ip:127.0.0.1"), 2)) {
      Workload load = Workload.start("incr", 4, (thread, turn) -> stage.client().incr("n"));
      RedisNode old = stage.group().master();
      RedisNode master;
      try (load) {
        load.awaitMore(200);
        old.kill();
        master = stage.awaitClientLeft(old);
        load.awaitMore(200);
        stage.returnAsReplica(old, master);
        load.awaitMore(200);
      }
      assertThat(load.failures()).as("writes that threw otherwise").isEmpty();
      assertThat(stage.client().set("k", "v")).isEqualTo("OK");
      assertThat(master.command("GET", "k")).isEqualTo("v");
      assertThat(stage.group().nodes())
          .allSatisfy(
              n -> assertThat(n.command("CONFIG", "GET", "port")).isEqualTo(List.of("port", "0")));
    }
  }
}
