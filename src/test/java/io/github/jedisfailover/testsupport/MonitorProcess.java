package io.github.jedisfailover.testsupport;

import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.internal.testkit.Signals;
import io.github.jedisfailover.testing.Partition;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A voter in a JVM of its own, which can be frozen, starved, cut off and killed. */
public final class MonitorProcess implements AutoCloseable {
  private static final Duration STARTED = Duration.ofSeconds(30);

  private final Spec spec;
  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private MonitorProcess(Spec spec, Process process) {
    this.spec = spec;
    this.process = process;
    this.reader = new Thread(this::readLines, "testsupport-monitor-" + spec.listen().port());
    this.reader.setDaemon(true);
  }

  /**
   * How to start it.
   *
   * @param groupId the process runs under this group id, so that {@link Partition#around(int)} can
   *     cut it off; 0 for our own
   * @param wrapper program and arguments put before {@code java}, such as {@code nice -n 19}
   */
  public record Spec(
      List<NodeAddress> voters,
      NodeAddress listen,
      NodeAddress[] nodes,
      int quorum,
      Duration downAfter,
      Duration failoverTimeout,
      Path stateDirectory,
      int groupId,
      List<String> wrapper) {}

  public static MonitorProcess start(Spec spec) {
    List<String> command = new ArrayList<>(spec.wrapper());
    if (spec.groupId() != 0) {
      command.addAll(List.of("setpriv", "--regid", "" + spec.groupId(), "--clear-groups"));
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    command.addAll(List.of(java, "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(MonitorMain.class.getName());
    command.addAll(
        List.of(
            spec.voters().stream().map(NodeAddress::toString).collect(Collectors.joining(",")),
            spec.listen().toString(),
            Arrays.stream(spec.nodes()).map(NodeAddress::toString).collect(Collectors.joining(",")),
            "" + spec.quorum(),
            "" + spec.downAfter().toMillis(),
            "" + spec.failoverTimeout().toMillis(),
            spec.stateDirectory().toString()));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      MonitorProcess monitor = new MonitorProcess(spec, process);
      monitor.reader.start();
      return monitor;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.get(0), e);
    }
  }

  private void readLines() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("ENDED " + e.getMessage());
    }
  }

  public NodeAddress address() {
    return spec.listen();
  }

  public int groupId() {
    return spec.groupId();
  }

  public Process process() {
    return process;
  }

  /** All it has printed so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The events of this name, in order, each {@code name payload}. */
  public List<String> events(String name) {
    return lines.stream()
        .filter(l -> l.startsWith("EVENT " + name + " "))
        .map(l -> l.substring("EVENT ".length()))
        .toList();
  }

  /** When events of this name were reported, in microseconds of the wall clock since 1970. */
  public List<Long> times(String name) {
    return lines.stream()
        .filter(l -> l.startsWith("TIME ") && l.endsWith(" " + name))
        .map(l -> Long.parseLong(l.split(" ")[1]))
        .toList();
  }

  /** The master it believes in now. */
  public Optional<NodeAddress> master() {
    return lastMaster().map(words -> NodeAddress.parse(words[1]));
  }

  /** The epoch of the failover that made that master. */
  public long epoch() {
    return lastMaster().map(words -> Long.parseLong(words[2])).orElse(0L);
  }

  private Optional<String[]> lastMaster() {
    return lines.stream()
        .filter(l -> l.startsWith("MASTER "))
        .reduce((first, second) -> second)
        .map(l -> l.split(" "));
  }

  /** Waits until it knows a master. */
  public MonitorProcess awaitMaster() {
    await("monitor " + spec.listen() + " knows a master")
        .atMost(STARTED)
        .until(() -> knowsMasterOrThrow());
    return this;
  }

  private boolean knowsMasterOrThrow() {
    if (!process.isAlive()) {
      throw new IllegalStateException("monitor ended:\n" + String.join("\n", lines));
    }
    return master().isPresent();
  }

  public void freeze() {
    Signals.freeze(process);
  }

  public void thaw() {
    Signals.thaw(process);
  }

  public void kill() {
    Signals.kill(process);
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      Signals.kill(process);
    }
    try {
      reader.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
