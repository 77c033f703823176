package io.github.jedisfailover.internal.doctor;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Examines a deployment. */
public final class Doctor {
  private Doctor() {}

  /** The worst first; none if all is well. */
  public static List<Finding> examine(Facts facts) {
    return Stream.of(
            TopologyRules.of(facts),
            LinkRules.of(facts),
            DataRules.of(facts),
            ServerRules.of(facts),
            MonitorRules.of(facts),
            VotingRules.of(facts))
        .flatMap(s -> s)
        .sorted(Comparator.comparing(Finding::rule))
        .toList();
  }

  /** Only what is wrong now. */
  public static List<Finding> acute(Facts facts) {
    return examine(facts).stream().filter(f -> f.rule().acute()).toList();
  }
}
