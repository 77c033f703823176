package io.github.jedisfailover.internal.cli;

import io.github.jedisfailover.internal.doctor.Doctor;
import io.github.jedisfailover.internal.doctor.Facts;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who is what at the moment. */
@Command(
    name = "status",
    description = {
      "Shows nodes, roles, lag, epochs, and what each monitor thinks.",
      "Only asks, changes nothing. Exit status 1 if something is wrong now."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  jedis-failover status --sentinels 10.0.1.1:26379",
      "  jedis-failover status --nodes 10.0.0.1:6379,10.0.0.2:6379 --watch",
      "  jedis-failover status -s m1:26379 -m orders --json"
    })
final class StatusCommand implements Callable<Integer> {
  private static final int LONGEST_WATCH_SECONDS = 3_600;

  private final Surroundings around;
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--json", description = "One JSON object a line instead of text.")
  private boolean json;

  @Option(
      names = {"-w", "--watch"},
      arity = "0..1",
      fallbackValue = "2",
      paramLabel = "SECONDS",
      description = "Show it again and again, every 2 s or as given; Ctrl-C ends it.")
  private Integer watch;

  StatusCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    if (watch != null && (watch < 1 || watch > LONGEST_WATCH_SECONDS)) {
      throw new IllegalArgumentException(
          "--watch must be 1.." + LONGEST_WATCH_SECONDS + " (seconds), was " + watch);
    }
    Target target = TargetReader.read(connection, around.environment());
    try (Collector collector = new Collector(target)) {
      int status = show(collector.look(), watch != null);
      while (watch != null && DaemonThreads.pause(watch * 1_000L)) {
        status = show(collector.look(), true);
      }
      return status;
    }
  }

  private int show(Facts facts, boolean again) {
    Terminal terminal = around.terminal();
    if (json) {
      terminal.out().println(Json.text(StatusJson.of(facts)));
    } else {
      if (again) {
        terminal.clear();
      }
      StatusText.lines(facts, terminal).forEach(terminal.out()::println);
      if (again && !terminal.interactive()) {
        terminal.out().println();
      }
    }
    terminal.out().flush();
    return exit(facts);
  }

  static int exit(Facts facts) {
    if (!facts.heard()) {
      return Exit.UNREACHABLE;
    }
    return Doctor.acute(facts).isEmpty() ? Exit.FINE : Exit.FINDINGS;
  }
}
