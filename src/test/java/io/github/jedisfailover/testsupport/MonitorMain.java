package io.github.jedisfailover.testsupport;

import io.github.jedisfailover.EmbeddedMonitor;
import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.topology.TopologySnapshot;
import io.github.jedisfailover.topology.TopologyView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * One voter in a JVM of its own. Prints {@code EVENT name payload}, {@code TIME microseconds name}
 * and {@code MASTER address epoch} lines; ends when its standard input ends, so that it cannot
 * outlive the test that started it.
 */
public final class MonitorMain {
  private MonitorMain() {}

  /**
   * @param args voters, own voter, nodes (lists with commas), quorum, down-after ms,
   *     failover-timeout ms, state directory
   */
  public static void main(String[] args) throws IOException {
    MonitorConfig config =
        MonitorConfig.builder()
            .voters(args[0].split(","))
            .listen(args[1])
            .quorum(Integer.parseInt(args[3]))
            .downAfter(Duration.ofMillis(Long.parseLong(args[4])))
            .failoverTimeout(Duration.ofMillis(Long.parseLong(args[5])))
            .stateDirectory(Path.of(args[6]))
            .build();
    FailoverConfig group =
        FailoverConfig.builder().masterName("mymaster").nodes(args[2].split(",")).build();
    try (EmbeddedMonitor monitor =
        EmbeddedMonitor.start(config, List.of(new Printer()), FailoverMetrics.NONE)) {
      TopologyView topology = monitor.watch(group);
      Thread masters = new Thread(() -> printMasters(topology), "print-masters");
      masters.setDaemon(true);
      masters.start();
      System.out.println("STARTED " + args[1]);
      while (System.in.read() >= 0) {
        continue;
      }
    }
    System.out.println("CLOSED " + args[1]);
  }

  private static void printMasters(TopologyView topology) {
    TopologySnapshot seen = TopologySnapshot.UNKNOWN;
    String printed = "";
    while (true) {
      seen = topology.awaitNewerThan(seen.version(), Duration.ofMinutes(1)).orElse(seen);
      long epoch = seen.version().configEpoch();
      String line = seen.master().map(m -> "MASTER " + m.address() + " " + epoch).orElse("");
      if (!line.isEmpty() && !line.equals(printed)) {
        System.out.println(line);
        printed = line;
      }
    }
  }

  private static final class Printer implements FailoverListener {
    @Override
    public void onMonitorReported(FailoverEvent.MonitorReported event) {
      System.out.println("EVENT " + event.name() + " " + event.payload());
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, event.at());
      System.out.println("TIME " + micros + " " + event.name());
    }
  }
}
