package io.github.jedisfailover.testsupport;

import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.internal.testkit.Signals;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A JVM with many observers. */
public final class ObserverProcess implements AutoCloseable {
  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private ObserverProcess(Process process) {
    this.process = process;
    this.reader = new Thread(this::readLines, "testsupport-observers");
    this.reader.setDaemon(true);
    reader.start();
  }

  /**
   * When one client began to use a master.
   *
   * @param micros of the wall clock, since 1970
   */
  public record Swap(String client, long micros, NodeAddress master) {
    static Swap parse(String line) {
      String[] words = line.split(" ");
      return new Swap(words[1], Long.parseLong(words[2]), NodeAddress.parse(words[3]));
    }
  }

  /**
   * @param name starts the name of each client
   */
  public static ObserverProcess start(
      List<NodeAddress> voters, NodeAddress[] nodes, String name, int observers) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ObserversMain.class.getName());
    command.addAll(List.of(list(voters), list(List.of(nodes)), name, "" + observers));
    try {
      return new ObserverProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.get(0), e);
    }
  }

  private static String list(List<NodeAddress> addresses) {
    return addresses.stream().map(NodeAddress::toString).collect(Collectors.joining(","));
  }

  private void readLines() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("ENDED " + e.getMessage());
    }
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }

  private List<String> linesOf(String kind) {
    return lines.stream().filter(l -> l.startsWith(kind + " ")).toList();
  }

  /** Waits until all clients run and have written. */
  public void awaitReady(Duration patience) {
    await("observers")
        .atMost(patience)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException("observers ended:\n" + String.join("\n", lines));
              }
              return !linesOf("READY").isEmpty();
            });
  }

  /** All changes of the master so far, the first master of each client included. */
  public List<Swap> swaps() {
    return linesOf("SWAP").stream().map(Swap::parse).toList();
  }

  /** Threads of the clients now, by what they do. */
  public Map<String, Integer> threads() {
    int before = linesOf("THREADS").size();
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await("threads").until(() -> linesOf("THREADS").size() > before);
    Map<String, Integer> threads = new HashMap<>();
    for (String word : linesOf("THREADS").get(before).substring("THREADS ".length()).split(" ")) {
      int at = word.lastIndexOf('=');
      threads.put(word.substring(0, at), Integer.parseInt(word.substring(at + 1)));
    }
    return threads;
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
