package io.github.jedisfailover.internal.cli;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A planned change of the master, by the monitors. */
@Command(
    name = "switchover",
    description = {
      "Has the monitors make a replica the master, losing no write.",
      "The master's writes wait until the replica has all of them. Returns when it"
          + " is done, and tells how long writes waited."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Redis Sentinels take no --to, and may lose writes.",
      "",
      "Examples:",
      "  jedis-failover switchover --sentinels 10.0.1.1:26379",
      "  jedis-failover switchover -s m1:26379 --to 10.0.0.2:6379 --json"
    })
final class SwitchoverCommand implements Callable<Integer> {
  private final Surroundings around;
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--json", description = "One JSON object instead of text.")
  private boolean json;

  @Option(
      names = "--to",
      paramLabel = "HOST:PORT",
      description = "The replica to promote (default: the best one).")
  private String to;

  SwitchoverCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Target target = TargetReader.read(connection, around.environment());
    if (target.monitors().isEmpty()) {
      throw new ExitException(
          Exit.USAGE,
          "switchover needs --sentinels: the monitors carry it out. Where nobody monitors the"
              + " nodes, use promote");
    }
    Optional<NodeAddress> wanted = Optional.ofNullable(to).map(NodeAddress::parse);
    try (RedisFailoverClient client = client(target)) {
      Optional<NodeAddress> from = master(client);
      GapProbe.Gap gap =
          GapProbe.during(
              client, () -> wanted.ifPresentOrElse(client::switchover, client::switchover));
      NodeAddress now =
          master(client)
              .orElseThrow(
                  () -> new ExitException(Exit.REFUSED, "the new master was lost at once"));
      new Change("switchover", target.group(), from, now, gap, List.of())
          .tell(around.terminal(), json);
      return Exit.FINE;
    }
  }

  private static Optional<NodeAddress> master(RedisFailoverClient client) {
    return client.topology().current().master().map(NodeView::address);
  }

  private static RedisFailoverClient client(Target target) {
    RedisFailoverClient.Builder builder =
        RedisFailoverClient.builder()
            .settings(target.settings())
            .clientName("cli")
            .sentinels(target.monitors().toArray(NodeAddress[]::new));
    if (!target.nodes().isEmpty()) {
      builder.nodes(target.nodes().toArray(NodeAddress[]::new));
    }
    return builder.build();
  }
}
