package io.github.jedisfailover.internal.lag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts are replies of Redis 7.0.15, shortened. */
class ProgressTest {
  private static final String MASTER =
      """
      # Replication\r
      role:master\r
      connected_slaves:1\r
      slave0:ip=127.0.0.1,port=7001,state=online,offset=4242,lag=0\r
      master_replid:8c7d8f3f3a4c1c5f6bb1f0f57b5b6a9f4c2f0b11\r
      master_replid2:0000000000000000000000000000000000000000\r
      master_repl_offset:4256\r
      second_repl_offset:-1\r
      """;

  private static final String REPLICA =
      """
      # Replication\r
      role:slave\r
      master_host:127.0.0.1\r
      master_link_status:up\r
      master_last_io_seconds_ago:0\r
      master_sync_in_progress:0\r
      slave_read_repl_offset:4300\r
      slave_repl_offset:4242\r
      master_replid:8c7d8f3f3a4c1c5f6bb1f0f57b5b6a9f4c2f0b11\r
      master_replid2:1111111111111111111111111111111111111111\r
      master_repl_offset:4300\r
      second_repl_offset:1000\r
      """;

  private static final String HISTORY = "8c7d8f3f3a4c1c5f6bb1f0f57b5b6a9f4c2f0b11";

  @Test
  void aMasterTellsWhatItHasWritten() {
    Progress said = Progress.parse(MASTER).orElseThrow();
    assertThat(said.kind()).isEqualTo(Progress.Kind.MASTER);
    assertThat(said.position()).isEqualTo(new Position(HISTORY, 4256));
  }

  @Test
  void aReplicaTellsWhatItHasRunAndNotWhatItHasRead() {
    Progress said = Progress.parse(REPLICA).orElseThrow();
    assertThat(said.kind()).isEqualTo(Progress.Kind.IN_STEP);
    assertThat(said.position()).isEqualTo(new Position(HISTORY, 4242));
  }

  @ParameterizedTest
  @CsvSource({
    "master_link_status:up, master_link_status:down, CUT_OFF",
    "master_sync_in_progress:0, master_sync_in_progress:1, SYNCING",
  })
  void aReplicaThatIsNotInStepSaysSo(String was, String is, Progress.Kind kind) {
    assertThat(Progress.parse(REPLICA.replace(was, is)).orElseThrow().kind()).isEqualTo(kind);
  }

  @Test
  void withoutAReplicationIdItCannotBeUsed() {
    assertThat(Progress.parse(MASTER.replace("master_replid:", "x:"))).isEmpty();
    assertThat(Progress.parse(MASTER.replace("offset:4256", "offset:x"))).isEmpty();
    assertThat(Progress.parse("")).isEmpty();
  }

  @ParameterizedTest(name = "{0}:{1} {2}")
  @CsvSource({
    HISTORY + ", 4242, true",
    HISTORY + ", 4243, false",
    "1111111111111111111111111111111111111111, 999, true",
    "1111111111111111111111111111111111111111, 1000, false",
    "2222222222222222222222222222222222222222, 1, false",
  })
  void containsWhatItSharesWithTheFormerHistory(String history, long offset, boolean expected) {
    Progress said = Progress.parse(REPLICA).orElseThrow();
    assertThat(said.contains(new Position(history, offset))).isEqualTo(expected);
  }
}
