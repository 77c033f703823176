package io.github.jedisfailover.internal.cli;

import io.github.jedisfailover.internal.doctor.Facts;
import io.github.jedisfailover.internal.doctor.Finding;
import io.github.jedisfailover.internal.doctor.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Findings as people read them. */
final class DoctorText {
  private static final String INDENT = "  ";

  private DoctorText() {}

  static List<String> lines(Facts facts, List<Finding> findings, Terminal terminal) {
    List<String> lines = new ArrayList<>();
    String examined =
        facts.group()
            + ": "
            + counted(facts.nodes().size(), "node")
            + " and "
            + counted(facts.monitors().size(), "monitor")
            + " examined, ";
    lines.add(
        examined
            + (findings.isEmpty() ? terminal.good("nothing found") : summary(findings, terminal)));
    for (Finding finding : findings) {
      lines.add("");
      lines.add(title(finding, terminal));
      lines.add(Wrapped.text(String.join(", ", finding.where()), INDENT, INDENT));
      lines.add(Wrapped.text(finding.what(), INDENT, INDENT));
      lines.add(Wrapped.text(finding.mend(), INDENT + "-> ", INDENT + "   "));
    }
    return lines;
  }

  private static String summary(List<Finding> findings, Terminal terminal) {
    String text =
        Arrays.stream(Severity.values())
            .filter(s -> findings.stream().anyMatch(f -> f.severity() == s))
            .map(
                s ->
                    counted(
                        (int) findings.stream().filter(f -> f.severity() == s).count(), s.word()))
            .collect(Collectors.joining(", "));
    return findings.get(0).severity() == Severity.DANGER
        ? terminal.bad(text)
        : terminal.doubtful(text);
  }

  private static String title(Finding finding, Terminal terminal) {
    String word = finding.severity().word().toUpperCase(Locale.ROOT);
    String painted =
        switch (finding.severity()) {
          case DANGER -> terminal.bad(word);
          case WARNING -> terminal.doubtful(word);
          case NOTE -> word;
        };
    return painted + " " + terminal.strong(finding.rule().code());
  }

  private static String counted(int number, String word) {
    return number + " " + word + (number == 1 ? "" : "s");
  }
}
