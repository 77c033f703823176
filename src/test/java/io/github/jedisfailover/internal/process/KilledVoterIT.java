package io.github.jedisfailover.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.testing.FreePorts;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.testsupport.MonitorProcess;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at any moment while votes are given: no epoch gets two, and the state always loads.
 * {@code -Dkills=200} for more.
 */
class KilledVoterIT {
  private static final int KILLS = Integer.getInteger("kills", 8);
  private static final int ASKERS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int port = new FreePorts().any(RedisServers.LOOPBACK);

  @TempDir private Path directory;

  /** What is killed; closing it is SIGKILL. */
  private interface Life extends AutoCloseable {
    @Override
    void close();
  }

  @Test
  void theProcessOfItsOwnNeverVotesTwice() throws IOException {
    Path where = directory.toRealPath();
    Files.writeString(
        where.resolve("s.conf"),
        "port "
            + port
            + "\nlogfile a.log\nsentinel monitor m 127.0.0.1 1 2\n"
            + "sentinel down-after-milliseconds m 600000\n");
    killInALoop(
        new Ballots(port, new NodeAddress(RedisServers.LOOPBACK, 1)),
        () -> SentinelProgram.start(SentinelProgram.ours(), where, "s.conf")::close);
  }

  @Test
  void theEmbeddedOneNeverVotesTwice() {
    try (RedisServers servers = RedisServers.open()) {
      RedisNode master = servers.start();
      NodeAddress me = new NodeAddress(RedisServers.LOOPBACK, port);
      killInALoop(
          new Ballots(port, master.address()),
          () -> {
            MonitorProcess voter =
                MonitorProcess.start(
                    new MonitorProcess.Spec(
                        List.of(me),
                        me,
                        new NodeAddress[] {master.address()},
                        1,
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(10),
                        directory,
                        0,
                        List.of()));
            return voter::close;
          });
    }
  }

  private static void killInALoop(Ballots ballots, Supplier<Life> start) {
    Random dice = new Random(KILLS);
    String identity = null;
    for (int kill = 1; kill <= KILLS; kill++) {
      long before = ballots.newest();
      try (Life life = start.get()) {
        await("answers after kill " + (kill - 1)).atMost(PATIENCE).until(ballots::isAnswered);
        String now = ballots.identity();
        assertThat(now).as("identity after kill %d", kill - 1).isEqualTo(identityOr(identity, now));
        identity = now;
        ballots.askAgain(before);
        List<Thread> askers = new ArrayList<>();
        for (int i = 0; i < ASKERS; i++) {
          askers.add(ballots.askOnFrom(before));
        }
        await("votes").atMost(PATIENCE).until(() -> ballots.newest() > before);
        LockSupport.parkNanos(dice.nextInt(30_000_000)); // any moment will do
        life.close();
        ballots.awaitEnd(askers);
      }
    }
    System.out.printf("kills %d: %d epochs voted in, none twice%n", KILLS, ballots.count());
    assertThat(ballots.secondVotes()).isEmpty();
    assertThat(ballots.count()).isGreaterThanOrEqualTo(KILLS);
  }

  private static String identityOr(String known, String otherwise) {
    return known == null ? otherwise : known;
  }
}
