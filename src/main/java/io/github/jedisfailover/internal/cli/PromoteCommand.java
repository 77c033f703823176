package io.github.jedisfailover.internal.cli;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.PromoteOption;
import io.github.jedisfailover.internal.doctor.Facts;
import io.github.jedisfailover.internal.doctor.NodeFacts;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A change of the master by hand, where nobody monitors the nodes. */
@Command(
    name = "promote",
    description = {
      "Makes a replica the master by hand, where no monitor does it.",
      "A living master hands over without loss. Of a dead one: refuses a replica that"
          + " is no copy of it or not the most advanced one, and while the master may be"
          + " alive."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  jedis-failover promote 10.0.0.2:6379 --nodes 10.0.0.1:6379,10.0.0.2:6379",
      "  jedis-failover promote 10.0.0.2:6379 --nodes 10.0.0.2:6379 --force"
    })
final class PromoteCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long LOOK_MILLIS = 100;

  private final Surroundings around;
  private final MonotonicClock clock = MonotonicClock.SYSTEM;
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Parameters(paramLabel = "HOST:PORT", description = "The replica that becomes the master.")
  private String replica;

  @Option(
      names = "--force",
      description = "Although a check says no. What the replica has not is lost.")
  private boolean force;

  @Option(names = "--json", description = "One JSON object instead of text.")
  private boolean json;

  PromoteCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    NodeAddress next = NodeAddress.parse(replica);
    Target target = TargetReader.read(connection, around.environment());
    if (!target.monitors().isEmpty()) {
      throw new ExitException(
          Exit.USAGE,
          "promote is for nodes that no monitor watches: name --nodes only. With monitors, which"
              + " would undo it, use switchover");
    }
    try (Collector collector = new Collector(target)) {
      Facts before = collector.examine(Duration.ZERO);
      if (before.answering().isEmpty()) {
        throw new ExitException(
            Exit.UNREACHABLE, "no node answers: " + before.nodes().get(0).problem());
      }
      unwatched(before);
      Change change = promote(target, before, next, collector);
      change.tell(around.terminal(), json);
      return Exit.FINE;
    }
  }

  private void unwatched(Facts facts) {
    Optional<NodeFacts> watched =
        facts.answering().stream().filter(n -> n.access().watchers().orElse(0) > 0).findFirst();
    if (watched.isPresent() && !force) {
      throw new ExitException(
          Exit.REFUSED,
          watched.get().address()
              + " is watched by "
              + watched.get().access().watchers().getAsLong()
              + " monitors, which would undo a promotion by hand: use switchover --sentinels");
    }
  }

  private Change promote(Target target, Facts before, NodeAddress next, Collector collector) {
    PromoteOption[] options =
        force ? new PromoteOption[] {PromoteOption.FORCE} : new PromoteOption[0];
    boolean masterLives = before.master().isPresent();
    try (RedisFailoverClient client = client(target, before, masterLives)) {
      GapProbe.Gap gap =
          masterLives
              ? GapProbe.during(client, () -> client.promote(next, options))
              : GapProbe.unmeasured(
                  "the old master was down already", () -> client.promote(next, options));
      return new Change(
          "promote",
          target.group(),
          old(before),
          next,
          gap,
          notFollowing(collector, known(before), next));
    }
  }

  private static List<NodeAddress> known(Facts facts) {
    return facts.nodes().stream().map(NodeFacts::address).toList();
  }

  /** Of a dead one its replicas tell. */
  private static Optional<NodeAddress> old(Facts before) {
    return before
        .master()
        .map(NodeFacts::address)
        .or(() -> before.replicas().stream().flatMap(r -> r.of().stream()).findFirst());
  }

  /**
   * The client tells the others to follow, as long as it is there: waits for those that answer.
   *
   * @param known before: once nobody follows the old master nobody names it
   */
  private List<NodeAddress> notFollowing(
      Collector collector, List<NodeAddress> known, NodeAddress master) {
    long start = clock.nanos();
    while (true) {
      Facts facts = collector.look();
      boolean all =
          facts.answering().stream()
              .filter(n -> !n.address().equals(master))
              .allMatch(n -> follows(n, master));
      boolean over = clock.nanos() - start > PATIENCE.toNanos();
      if (all || over || !DaemonThreads.pause(LOOK_MILLIS)) {
        Set<NodeAddress> left = new TreeSet<>(known);
        facts.nodes().forEach(n -> left.add(n.address()));
        left.remove(master);
        facts.nodes().stream()
            .filter(n -> follows(n, master))
            .forEach(n -> left.remove(n.address()));
        return List.copyOf(left);
      }
    }
  }

  private static boolean follows(NodeFacts node, NodeAddress master) {
    return node.replica() && node.linkUp() && node.of().equals(Optional.of(master));
  }

  private static RedisFailoverClient client(Target target, Facts facts, boolean masterLives) {
    return RedisFailoverClient.builder()
        .settings(target.settings())
        .clientName("cli")
        .nodes(known(facts).toArray(NodeAddress[]::new))
        .staticNodes()
        .startTimeout(masterLives ? Duration.ofSeconds(10) : Duration.ZERO)
        .build();
  }
}
