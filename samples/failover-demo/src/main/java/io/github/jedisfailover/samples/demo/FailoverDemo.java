package io.github.jedisfailover.samples.demo;

import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.testing.Leaks;
import io.github.jedisfailover.testing.RedisNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Kills a master under load and shows what monitors, client and application make of it. Ends with 0
 * if all that should hold did, with 1 if not, with 2 if the options are wrong.
 */
public final class FailoverDemo {
  private final Screen screen = new Screen();
  private final Options options;

  private FailoverDemo(Options options) {
    this.options = options;
  }

  /**
   * Runs the demo.
   *
   * @param args see {@link Options#USAGE}
   */
  public static void main(String[] args) {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    System.exit(new FailoverDemo(options).run() ? 0 : 1);
  }

  private boolean run() {
    List<Outcome> outcomes = new ArrayList<>();
    for (int run = 1; run <= options.runs(); run++) {
      if (options.runs() > 1) {
        screen.title("Run " + run + " of " + options.runs());
      }
      try {
        Outcome outcome = play();
        outcome.print(screen);
        outcomes.add(outcome);
      } catch (RuntimeException e) {
        screen.say(Screen.Style.BAD, "the run broke off: " + e);
        e.printStackTrace();
        return false;
      }
    }
    if (outcomes.size() > 1) {
      printAll(outcomes);
    }
    boolean holds = outcomes.stream().allMatch(Outcome::holds);
    screen.raw("");
    screen.say(
        holds ? Screen.Style.GOOD : Screen.Style.BAD,
        holds ? "all that should hold did" : "something that should hold did not");
    return holds;
  }

  private Outcome play() {
    int socketsBefore = Leaks.openSockets();
    screen.title("Starting a master, two replicas, three monitors and the application's client");
    Timeline timeline = new Timeline(screen);
    Outcome outcome;
    List<RedisNode> nodes;
    try (Scene scene = Scene.open(screen, timeline, options)) {
      nodes = scene.nodes();
      scene.printTopology();
      outcome = new Episode(screen, timeline, options, scene).play();
      screen.title("The group at the end");
      scene.printTopology();
      timeline.end();
    }
    checkNothingLeft(outcome, nodes, socketsBefore);
    return outcome;
  }

  private static void checkNothingLeft(Outcome outcome, List<RedisNode> nodes, int socketsBefore) {
    try {
      await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> Leaks.haThreads().isEmpty() && Leaks.openSockets() <= socketsBefore);
    } catch (ConditionTimeoutException e) {
      // The checks below say what is left.
      outcome.figure("waited for threads and sockets to end", "5 s, in vain");
    }
    int sockets = Math.max(0, Leaks.openSockets() - socketsBefore);
    outcome.check("no thread is left", Leaks.haThreads().isEmpty(), Leaks.haThreads());
    outcome.check("no socket is left", sockets == 0, sockets);
    List<RedisNode> alive = nodes.stream().filter(RedisNode::isAlive).toList();
    outcome.check("no server is left", alive.isEmpty(), alive);
  }

  private void printAll(List<Outcome> outcomes) {
    screen.title("All runs, down-after " + options.downAfterMillis() + " ms");
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "run",
            "first write",
            "longest call",
            "failed reads",
            "unknown",
            "threw",
            "lost",
            "ok"));
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome o = outcomes.get(i);
      rows.add(
          List.of(
              "" + (i + 1),
              o.firstWriteMillis() + " ms",
              o.longestCallMillis() + " ms",
              o.figure("failed reads"),
              o.figure("writes with unknown outcome, in flight"),
              o.figure("writes that threw otherwise"),
              o.figure("acknowledged before the switch, lost")
                  + " + "
                  + o.figure("acknowledged after the switch, lost"),
              o.holds() ? "yes" : "NO"));
    }
    screen.table(rows);
    long[] sorted = outcomes.stream().mapToLong(Outcome::firstWriteMillis).sorted().toArray();
    screen.raw("");
    screen.say(
        Screen.Style.BOLD,
        String.format(
            "%s to first write on the new master: median %d ms, range %d-%d ms",
            options.fault().signal, median(sorted), sorted[0], sorted[sorted.length - 1]));
  }

  private static long median(long[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
