package io.github.jedisfailover.internal.monitor.conf;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that a {@code sentinel.conf} says.
 *
 * @param global the {@code sentinel} lines of no master
 * @param masters in the order of their {@code monitor} lines
 * @param process options of plain Redis
 */
public record SentinelConf(
    GlobalSettings global, List<MasterConf> masters, ProcessSettings process) {
  /** An empty file. */
  public static final SentinelConf EMPTY =
      new SentinelConf(GlobalSettings.DEFAULT, List.of(), ProcessSettings.DEFAULT);

  public SentinelConf {
    Objects.requireNonNull(global, "global");
    Objects.requireNonNull(process, "process");
    masters = List.copyOf(masters);
    Set<String> names = new HashSet<>();
    for (MasterConf master : masters) {
      if (!names.add(master.name())) {
        throw new IllegalArgumentException("two masters named '" + master.name() + "'");
      }
    }
  }

  public Optional<MasterConf> master(String name) {
    return masters.stream().filter(m -> m.name().equals(name)).findFirst();
  }

  public SentinelConf withGlobal(GlobalSettings newGlobal) {
    return new SentinelConf(newGlobal, masters, process);
  }

  public SentinelConf withMasters(List<MasterConf> newMasters) {
    return new SentinelConf(global, newMasters, process);
  }

  public SentinelConf withProcess(ProcessSettings newProcess) {
    return new SentinelConf(global, masters, newProcess);
  }
}
