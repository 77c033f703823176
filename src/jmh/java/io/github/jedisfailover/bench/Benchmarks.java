package io.github.jedisfailover.bench;

import io.github.jedisfailover.testsupport.RedisNode;
import io.github.jedisfailover.testsupport.RedisServers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures plain Jedis and this client in alternating rounds on one server and prints the ratios.
 * Options: {@code --rounds N} (default 4), {@code --seconds N} of each of the three measurements
 * (default 2).
 */
public final class Benchmarks {
  private static final List<String> CLIENTS = List.of("raw", "ours", "pair");
  private static final List<String> COMMANDS = List.of("get", "set");
  private static final List<Integer> THREADS = List.of(1, 8);

  private final int rounds;
  private final int seconds;

  private Benchmarks(int rounds, int seconds) {
    this.rounds = rounds;
    this.seconds = seconds;
  }

  private record Case(String command, int threads) {}

  private record Measured(double operations, double bytes) {}

  /** All rounds of one case; the lists run in parallel. */
  private record Series(Case what, List<Measured> raw, List<Measured> ours, List<Measured> pair) {
    List<Measured> of(String client) {
      return switch (client) {
        case "raw" -> raw;
        case "ours" -> ours;
        default -> pair;
      };
    }
  }

  public static void main(String[] args) throws RunnerException {
    int rounds = option(args, "--rounds", 4);
    int seconds = option(args, "--seconds", 2);
    new Benchmarks(rounds, seconds).run();
  }

  private static int option(String[] args, String name, int otherwise) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals(name)) {
        return Integer.parseInt(args[i + 1]);
      }
    }
    return otherwise;
  }

  private void run() throws RunnerException {
    List<Series> all = new ArrayList<>();
    for (int threads : THREADS) {
      for (String command : COMMANDS) {
        Case what = new Case(command, threads);
        all.add(new Series(what, new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
      }
    }
    try (RedisServers servers = RedisServers.open()) {
      RedisNode server = servers.start();
      System.out.printf(
          "redis-server %s, Java %s, %d processors, %d rounds of 1 + 3 x %d s%n",
          servers.binary().version(),
          System.getProperty("java.version"),
          Runtime.getRuntime().availableProcessors(),
          rounds,
          seconds);
      for (int round = 0; round < rounds; round++) {
        for (Series series : all) {
          measure(series, round, server.port());
        }
      }
    }
    print(all);
  }

  /** Every other round in the opposite order: whoever comes later finds another machine. */
  private void measure(Series series, int round, int port) throws RunnerException {
    List<String> order = new ArrayList<>(CLIENTS);
    if (round % 2 == 1) {
      Collections.reverse(order);
    }
    for (String client : order) {
      Measured measured = measure(series.what(), client, port);
      series.of(client).add(measured);
      System.out.printf(
          "round %d  %s, %d threads, %-4s  %,9.0f ops/s  %6.0f bytes/op%n",
          round + 1,
          series.what().command().toUpperCase(Locale.ROOT),
          series.what().threads(),
          client,
          measured.operations(),
          measured.bytes());
    }
  }

  private Measured measure(Case what, String client, int port) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(Commands.class.getName() + "\\." + what.command() + "$")
            .param("client", client)
            .threads(what.threads())
            .forks(1)
            .warmupIterations(1)
            .warmupTime(TimeValue.seconds(seconds))
            .measurementIterations(3)
            .measurementTime(TimeValue.seconds(seconds))
            .addProfiler(GCProfiler.class)
            .jvmArgsAppend("-Xms512m", "-Xmx512m", "-D" + Variant.PORT + "=" + port)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    RunResult result = new Runner(options).runSingle();
    double bytes = Double.NaN;
    var secondary = result.getSecondaryResults();
    for (String name : secondary.keySet()) {
      bytes = name.endsWith("gc.alloc.rate.norm") ? secondary.get(name).getScore() : bytes;
    }
    return new Measured(result.getPrimaryResult().getScore(), bytes);
  }

  private static void print(List<Series> all) {
    System.out.printf(
        "%n%-14s %14s   %-28s %-28s %12s %14s %14s%n",
        "median",
        "raw ops/s",
        "ours / raw [spread]",
        "pair / raw [spread]",
        "raw bytes",
        "ours",
        "pair");
    for (Series s : all) {
      System.out.printf(
          "%-14s %,14.0f   %-28s %-28s %12.0f %+14.0f %+14.0f%n",
          s.what().command().toUpperCase(Locale.ROOT) + ", " + s.what().threads() + " threads",
          median(s.raw().stream().map(Measured::operations).toList()),
          ratios(s.ours(), s.raw()),
          ratios(s.pair(), s.raw()),
          bytes(s.raw()),
          bytes(s.ours()) - bytes(s.raw()),
          bytes(s.pair()) - bytes(s.raw()));
    }
  }

  /** Each round's ratio on its own: what the machine did in another round does not matter. */
  private static String ratios(List<Measured> client, List<Measured> raw) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < raw.size(); i++) {
      ratios.add(client.get(i).operations() / raw.get(i).operations());
    }
    return String.format(
        "%.3f [%.3f - %.3f]", median(ratios), Collections.min(ratios), Collections.max(ratios));
  }

  private static double bytes(List<Measured> measured) {
    return median(measured.stream().map(Measured::bytes).toList());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
