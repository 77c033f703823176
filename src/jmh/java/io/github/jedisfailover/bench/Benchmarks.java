package io.github.jedisfailover.bench;

import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures plain Jedis and this client against one server and prints the ratios. All clients live
 * in the same JVM and take turns every 200 ms: what the machine does to one it does to the others,
 * and only neighbours in time are compared. Options: {@code --forks N} (JVMs, default 3), {@code
 * --rounds N} (of six turns each, default 20), {@code --only NAME} (one of get, set, pipeline).
 */
public final class Benchmarks {
  private static final List<String> COMMANDS = List.of("get", "set", "pipeline");
  private static final List<Integer> THREADS = List.of(1, 8);
  private static final int TURN_MILLIS = 200;
  private static final int WARM_UP_TURNS = 4 * Turns.ROUND;

  private final int forks;
  private final int rounds;

  private final List<String> commands;

  private Benchmarks(int forks, int rounds, List<String> commands) {
    this.forks = forks;
    this.rounds = rounds;
    this.commands = commands;
  }

  private record Case(String command, int threads) {
    @Override
    public String toString() {
      return command.toUpperCase(Locale.ROOT) + ", " + threads + " threads";
    }
  }

  public static void main(String[] args) throws RunnerException {
    int forks = Integer.parseInt(option(args, "--forks").orElse("3"));
    int rounds = Integer.parseInt(option(args, "--rounds").orElse("20"));
    new Benchmarks(forks, rounds, option(args, "--only").map(List::of).orElse(COMMANDS)).run();
  }

  private static Optional<String> option(String[] args, String name) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals(name)) {
        return Optional.of(args[i + 1]);
      }
    }
    return Optional.empty();
  }

  private void run() throws RunnerException {
    try (RedisServers servers = RedisServers.open()) {
      RedisNode server = servers.start();
      System.out.printf(
          "redis-server %s, Java %s, %d processors, %d JVMs, %d rounds of %d turns of %d ms each%n%n",
          servers.binary().version(),
          System.getProperty("java.version"),
          Runtime.getRuntime().availableProcessors(),
          forks,
          rounds,
          Turns.ROUND,
          TURN_MILLIS);
      System.out.printf(
          "%-19s %10s   %-26s %-26s %10s %8s %8s%n",
          "median",
          "raw ops/s",
          "ours / raw [95 %]",
          "pair / raw [95 %]",
          "raw bytes",
          "ours",
          "pair");
      for (int threads : THREADS) {
        for (String command : commands) {
          Case what = new Case(command, threads);
          print(what, measure(what, server.port()));
        }
      }
    }
  }

  private List<Turns> measure(Case what, int port) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(Commands.class.getName() + "\\." + what.command() + "$")
            .threads(what.threads())
            .forks(forks)
            .warmupIterations(WARM_UP_TURNS)
            .warmupTime(TimeValue.milliseconds(TURN_MILLIS))
            .measurementIterations(rounds * Turns.ROUND)
            .measurementTime(TimeValue.milliseconds(TURN_MILLIS))
            .addProfiler(GCProfiler.class)
            .jvmArgsAppend("-Xms512m", "-Xmx512m", "-D" + Variant.PORT + "=" + port)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    List<Turns> all = new ArrayList<>();
    for (BenchmarkResult fork : new Runner(options).runSingle().getBenchmarkResults()) {
      Turns turns = new Turns();
      for (IterationResult turn : fork.getIterationResults()) {
        turns.add(turn.getPrimaryResult().getScore(), bytes(turn.getSecondaryResults()));
      }
      all.add(turns);
    }
    return all;
  }

  @SuppressWarnings("rawtypes") // JMH's own signature
  private static double bytes(Map<String, Result> secondary) {
    return secondary.entrySet().stream()
        .filter(e -> e.getKey().endsWith("gc.alloc.rate.norm"))
        .mapToDouble(e -> e.getValue().getScore())
        .findFirst()
        .orElse(Double.NaN);
  }

  private static void print(Case what, List<Turns> forks) {
    double raw = Turns.median(Turns.bytes(forks, Client.RAW));
    System.out.printf(
        "%-19s %,10.0f   %-26s %-26s %10.0f %+8.0f %+8.0f%n",
        what,
        Turns.median(Turns.speeds(forks, Client.RAW)),
        Turns.withInterval(Turns.ratios(forks, Client.OURS)),
        Turns.withInterval(Turns.ratios(forks, Client.PAIR)),
        raw,
        Turns.median(Turns.bytes(forks, Client.OURS)) - raw,
        Turns.median(Turns.bytes(forks, Client.PAIR)) - raw);
  }
}
