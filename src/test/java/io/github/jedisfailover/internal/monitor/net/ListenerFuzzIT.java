package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.testing.Leaks;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.LocalVoter;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.testsupport.LoopDelays;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * A voter at work whose port gets hostile bytes from several connections at once: {@code
 * -Dfuzz.seconds=60 -Dfuzz.first=0 -Dfuzz.clients=4} for a longer or another run. The bound on the
 * loop is for busy machines; the figures are printed.
 */
class ListenerFuzzIT {
  private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 5));
  private static final long FIRST = Long.getLong("fuzz.first", 0);
  private static final int CLIENTS = Integer.getInteger("fuzz.clients", 4);
  private static final Duration DOWN_AFTER = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LATE_MILLIS = 1_000;
  private static final long HEAP_GROWTH = 64L << 20;

  private final AtomicLong sent = new AtomicLong();

  @Test
  void aVoterUnderFireWorksOnAndIsAsBeforeAfterwards() {
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(2);
      LoopDelays delays = new LoopDelays();
      try (LocalMonitors monitors =
          LocalMonitors.builder(servers)
              .downAfter(DOWN_AFTER)
              .metrics(delays)
              .start()
              .watch(LocalMonitors.NAME, group)) {
        RedisNode master = group.master();
        monitors.awaitAgreement(group, master).awaitVotes();
        LocalVoter victim = monitors.voters().get(0);
        awaitQuorum(monitors);
        measure(delays);
        report("idle", delays);
        int threads = Leaks.haThreads().size();
        long heap = heap();

        underFire(victim, delays);

        report(sent + " hostile inputs", delays);
        assertThat(delays.longest()).as("longest delay, ms").isLessThan(LATE_MILLIS);
        awaitQuorum(monitors);
        assertThat(monitors.events())
            .noneMatch(e -> e.startsWith("+sdown") || e.startsWith("+switch-master"));
        await("threads as before")
            .atMost(PATIENCE)
            .until(() -> Leaks.haThreads().size() <= threads);
        await("heap as before").atMost(PATIENCE).until(() -> heap() < heap + HEAP_GROWTH);
        // Monitors that never fail over would pass so far.
        master.kill();
        RedisNode next = group.awaitMasterOtherThan(master);
        monitors.awaitAgreement(group, next);
      }
    }
  }

  private static void awaitQuorum(LocalMonitors monitors) {
    await("all voters count all voters")
        .atMost(PATIENCE)
        .until(
            () ->
                monitors.voters().stream()
                    .map(v -> v.ask("CKQUORUM", LocalMonitors.NAME).toString())
                    .allMatch(answer -> answer.startsWith("OK 3 usable")));
  }

  private void underFire(LocalVoter victim, LoopDelays delays) {
    long until = System.nanoTime() + TIME.toNanos();
    try (DaemonThreads attackers = new DaemonThreads("attackers")) {
      for (int i = 0; i < CLIENTS; i++) {
        BooleanSupplier goesOn = () -> System.nanoTime() - until < 0;
        int port = victim.address().port();
        attackers.start("attack-" + i, new HostileClient(port, FIRST + i, goesOn, sent));
      }
      measure(delays);
    }
  }

  private static void measure(LoopDelays delays) {
    long until = System.nanoTime() + TIME.toNanos();
    delays.reset();
    await().atMost(TIME.plus(PATIENCE)).until(() -> System.nanoTime() - until >= 0);
  }

  private static void report(String what, LoopDelays delays) {
    System.out.println("core loop, " + what + ": " + delays);
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
