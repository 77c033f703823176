package io.github.jedisfailover.internal.cli;

import io.github.jedisfailover.internal.doctor.Doctor;
import io.github.jedisfailover.internal.doctor.Facts;
import io.github.jedisfailover.internal.doctor.Finding;
import io.github.jedisfailover.internal.doctor.Rule;
import io.github.jedisfailover.internal.doctor.Severity;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is dangerous. */
@Command(
    name = "doctor",
    description = {
      "Examines a deployment, says what is dangerous and how to mend it.",
      "Only asks, changes nothing. Exit status 1 if it finds something."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  jedis-failover doctor --sentinels 10.0.1.1:26379",
      "  jedis-failover doctor -s m1:26379 --fail-on danger --json",
      "  jedis-failover doctor -n 10.0.0.1:6379 --ignore unmonitored"
    })
final class DoctorCommand implements Callable<Integer> {
  private static final int LONGEST_SAMPLE_SECONDS = 60;

  private final Surroundings around;
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--json", description = "One JSON object instead of text.")
  private boolean json;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      defaultValue = "warning",
      description = "Exit status 1 from danger, warning or note on (default: ${DEFAULT-VALUE}).")
  private Severity failOn;

  @Option(
      names = "--ignore",
      split = ",",
      paramLabel = "RULE",
      description = "Findings that are meant to be so.")
  private List<String> ignore = List.of();

  @Option(
      names = "--sample",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = "Watch so long how much is written; 0: do not (default: ${DEFAULT-VALUE}).")
  private int sample;

  DoctorCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    if (sample < 0 || sample > LONGEST_SAMPLE_SECONDS) {
      throw new IllegalArgumentException(
          "--sample must be 0.." + LONGEST_SAMPLE_SECONDS + " (seconds), was " + sample);
    }
    List<String> rules = Arrays.stream(Rule.values()).map(Rule::code).toList();
    ignore.stream()
        .filter(r -> !rules.contains(r))
        .findFirst()
        .ifPresent(
            r -> {
              throw new IllegalArgumentException(
                  "--ignore must be of " + rules + ", was '" + r + "'");
            });
    Target target = TargetReader.read(connection, around.environment());
    try (Collector collector = new Collector(target)) {
      Facts facts = collector.examine(Duration.ofSeconds(sample));
      List<Finding> findings =
          Doctor.examine(facts).stream().filter(f -> !ignore.contains(f.rule().code())).toList();
      int status = exit(facts, findings);
      if (json) {
        around.terminal().out().println(Json.text(json(facts, findings, status)));
      } else {
        DoctorText.lines(facts, findings, around.terminal())
            .forEach(around.terminal().out()::println);
      }
      around.terminal().out().flush();
      return status;
    }
  }

  private int exit(Facts facts, List<Finding> findings) {
    if (!facts.heard()) {
      return Exit.UNREACHABLE;
    }
    boolean found = findings.stream().anyMatch(f -> f.severity().compareTo(failOn) <= 0);
    return found ? Exit.FINDINGS : Exit.FINE;
  }

  private static Map<String, Object> json(Facts facts, List<Finding> findings, int status) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("command", "doctor");
    all.put("group", facts.group());
    all.put("status", status);
    all.put("nodes", facts.nodes().stream().map(n -> n.address().toString()).toList());
    all.put("monitors", facts.monitors().stream().map(m -> m.address().toString()).toList());
    all.put("findings", StatusJson.findings(findings));
    return all;
  }
}
