package io.github.jedisfailover.internal.process;

import io.github.jedisfailover.internal.monitor.conf.ProcessSettings;
import java.util.ArrayList;
import java.util.List;

/** Options that Redis knows and this process does not carry out: it says so. */
final class Limits {
  private Limits() {}

  /** What an operator should know; the process runs. */
  static List<String> warnings(ProcessSettings settings) {
    List<String> warnings = new ArrayList<>();
    if (settings.flag("syslog-enabled")) {
      warnings.add("WARNING: syslog-enabled has no effect, the log goes to logfile only");
    }
    if (List.of("systemd", "upstart").contains(settings.text("supervised").orElse("no"))) {
      warnings.add("WARNING: supervised has no effect, nobody is told that the start is over");
    }
    return warnings;
  }
}
