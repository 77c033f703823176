package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A monitor that was paused or starved must not take its own stall for the master's death. */
class StalledMonitorIT {
  @Test
  void aPausedAndAStarvedMonitorCauseNoFailover() throws Exception {
    assumeTrue(exists("taskset"), "CPU starvation needs taskset (util-linux)");
    List<String> starved = List.of("taskset", "-c", "0", "nice", "-n", "19");
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(2);
      List<List<String>> wrappers = List.of(List.of(), List.of(), starved);
      try (VoterJvms voters = VoterJvms.start(servers, group, false, wrappers)) {
        RedisNode master = group.master();
        List<Process> hogs = startHogs(4);
        try {
          voters.get(1).freeze();
          assertThat(quiet(Duration.ofSeconds(5), group, master, voters))
              .as("while stalled\n%s", voters.transcript())
              .isTrue();
          voters.get(1).thaw();
          assertThat(quiet(Duration.ofSeconds(6), group, master, voters))
              .as("after the stall\n%s", voters.transcript())
              .isTrue();
        } finally {
          hogs.forEach(Process::destroyForcibly);
        }
        // Monitors that never fail over would pass so far.
        Stage.holds(Duration.ofSeconds(2), () -> true);
        master.kill();
        group.awaitMasterOtherThan(master);
      }
    }
  }

  private static boolean quiet(
      Duration time, RedisGroup group, RedisNode master, VoterJvms voters) {
    return Stage.holds(
        time,
        () ->
            group.masters().equals(List.of(master))
                && !voters.anyReported("+switch-master")
                && !voters.anyReported("+elected-leader"));
  }

  /** Busy loops on the starved monitor's only processor, with nineteen steps more priority. */
  private static List<Process> startHogs(int count) throws IOException {
    List<Process> hogs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      hogs.add(
          // The limit of CPU seconds ends them even if this JVM cannot.
          new ProcessBuilder("taskset", "-c", "0", "sh", "-c", "ulimit -t 60; while :; do :; done")
              .start());
    }
    return hogs;
  }

  private static boolean exists(String program) throws Exception {
    try {
      Process process = new ProcessBuilder(program, "--version").redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
