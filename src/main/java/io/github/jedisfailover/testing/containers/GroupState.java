package io.github.jedisfailover.testing.containers;

import io.github.jedisfailover.internal.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisException;

/** What the servers of a group say of themselves. */
final class GroupState {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TIMEOUT_MILLIS = 1_000;

  private final GroupSettings settings;

  GroupState(GroupSettings settings) {
    this.settings = settings;
  }

  /** Waits until all replicas copy the master. */
  void awaitCopies(List<ContainerNode> nodes) {
    await(() -> nodes.stream().skip(1).flatMap(n -> notCopying(n).stream()).findFirst());
  }

  /** Waits until everybody who watches knows all nodes and everybody else. */
  void awaitWatch(List<HostAndPort> watchers) {
    await(() -> watchers.stream().flatMap(w -> notKnown(w).stream()).findFirst());
  }

  /** Waits until all voters in this JVM can give their vote. */
  void awaitVotes(LocalVoters voters) {
    await(() -> voters.voteless().map(v -> v + " does not vote"));
  }

  private static void await(Supplier<Optional<String>> missing) {
    Await.until(
        "complete group",
        PATIENCE,
        () -> missing.get().isEmpty(),
        () -> missing.get().orElse("It is complete just now."));
  }

  private Optional<String> notCopying(ContainerNode replica) {
    String role = role(replica);
    return role.equals("slave connected")
        ? Optional.empty()
        : Optional.of("replica " + replica + " is " + role);
  }

  /** What a monitor or Sentinel does not know yet. */
  private Optional<String> notKnown(HostAndPort watcher) {
    try (Jedis sentinel = new Jedis(watcher, connections().build())) {
      Map<String, String> known = sentinel.sentinelMaster(settings.masterName());
      int others = settings.watchers() - 1;
      boolean all =
          known.get("flags").equals("master")
              && known.get("num-slaves").equals(String.valueOf(settings.replicas()))
              && known.get("num-other-sentinels").equals(String.valueOf(others));
      return all ? Optional.empty() : Optional.of(watcher + " knows " + known);
    } catch (JedisException e) {
      return Optional.of(watcher + " says " + e.getMessage());
    }
  }

  /**
   * The node that says that it is the master.
   *
   * @throws IllegalStateException if none does, or more than one
   */
  ContainerNode master(List<ContainerNode> nodes) {
    List<ContainerNode> masters =
        nodes.stream().filter(n -> n.isAwake() && role(n).equals("master")).toList();
    if (masters.size() != 1) {
      throw new IllegalStateException(
          "exactly one of "
              + nodes
              + " must say that it is the master, did "
              + masters
              + "; await the end of the failover");
    }
    return masters.get(0);
  }

  /** {@code master}, or {@code slave} with the state of its link. */
  private String role(ContainerNode node) {
    DefaultJedisClientConfig.Builder config = connections();
    settings.password().ifPresent(config::password);
    try (Jedis jedis = new Jedis(node.outside(), config.build())) {
      List<Object> role = jedis.role();
      String name = text(role.get(0));
      return name.equals("slave") ? name + ' ' + text(role.get(3)) : name;
    } catch (JedisException e) {
      return "silent: " + e.getMessage();
    }
  }

  private static DefaultJedisClientConfig.Builder connections() {
    return DefaultJedisClientConfig.builder()
        .protocol(RedisProtocol.RESP2)
        .connectionTimeoutMillis(TIMEOUT_MILLIS)
        .socketTimeoutMillis(TIMEOUT_MILLIS);
  }

  private static String text(Object reply) {
    return reply instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(reply);
  }
}
