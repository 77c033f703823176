package io.github.jedisfailover.testing;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.internal.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Looks whether a {@link ReplicatedRedis} is as it should be, waits for that, and brings it back.
 */
final class Wellness {
  private final ReplicatedRedis redis;
  private final LocalMonitors monitors;
  private final RedisGroup group;

  Wellness(ReplicatedRedis redis, LocalMonitors monitors) {
    this.redis = redis;
    this.monitors = monitors;
    this.group = redis.group();
  }

  RedisNode awaitMasterOtherThan(RedisNode old) {
    await(
        "master other than " + old,
        () -> onlyMaster().filter(m -> m != old).filter(this::isKnown).isPresent());
    return redis.master();
  }

  /** A client that does not know it yet would send its next write to the old one. */
  private boolean isKnown(RedisNode master) {
    return Stream.concat(
            monitors.voters().stream()
                .filter(LocalVoter::isRunning)
                .map(v -> v.view(redis.masterName())),
            redis.openClient().map(RedisFailoverClient::topology).stream())
        .allMatch(
            view ->
                view.current()
                    .master()
                    .filter(m -> m.address().equals(master.address()))
                    .isPresent());
  }

  void awaitReplicasInSync() {
    await(
        "copy of the newest write on all living replicas",
        () -> onlyMaster().filter(this::hasAllInStep).isPresent());
  }

  void awaitAllWell() {
    await(
        "state in which all is well",
        () -> allLive() && onlyMaster().filter(this::isWell).isPresent());
  }

  /** A planned switch returns before the other replicas follow; the next one would be refused. */
  void awaitFailoverEnded() {
    await(
        "end of the failover under way",
        () ->
            monitors.voters().stream()
                .filter(LocalVoter::isRunning)
                .noneMatch(v -> field(v, "flags").contains("failover_in_progress")));
  }

  private void await(String what, BooleanSupplier condition) {
    Await.until(what, RedisGroup.PATIENCE, condition, redis::dump);
  }

  private Optional<RedisNode> onlyMaster() {
    List<RedisNode> masters = group.masters();
    return masters.size() == 1 ? Optional.of(masters.get(0)) : Optional.empty();
  }

  private boolean allLive() {
    return group.nodes().stream().allMatch(n -> n.isAlive() && !n.isFrozen())
        && monitors.voters().stream().allMatch(v -> v.isRunning() && v.remembers());
  }

  private boolean hasAllInStep(RedisNode master) {
    String offset = master.info("replication").get("master_repl_offset");
    return group.replicas().stream()
        .allMatch(
            r ->
                r.isInSyncWith(master.address())
                    && offset.equals(r.info("replication").get("slave_repl_offset")));
  }

  private boolean isWell(RedisNode master) {
    return group.replicas().size() == group.nodes().size() - 1
        && hasAllInStep(master)
        && monitors.agree(redis.masterName(), group, master)
        && monitors.voters().stream().allMatch(this::isCalm);
  }

  /** No flag but {@code master}: nobody is down, no failover is under way. */
  private boolean isCalm(LocalVoter voter) {
    int others = monitors.voters().size() - 1;
    return field(voter, "flags").equals("master")
        && field(voter, "num-other-sentinels").equals("" + others);
  }

  private String field(LocalVoter voter, String name) {
    List<?> fields = (List<?>) voter.ask("MASTER", redis.masterName());
    return fields.get(fields.indexOf(name) + 1).toString();
  }

  void heal() {
    for (RedisNode node : group.nodes()) {
      node.slow(Duration.ZERO);
      if (node.isFrozen()) {
        node.thaw();
      }
    }
    monitors.voters().stream().filter(v -> !v.isRunning()).forEach(LocalVoter::start);
    reviveDead();
    Await.until(
        "state in which all is well", RedisGroup.PATIENCE, this::wellOrRepaired, redis::dump);
  }

  /** A dead master comes back only after its replacement: it would be a master without data. */
  private void reviveDead() {
    List<RedisNode> dead = group.nodes().stream().filter(n -> !n.isAlive()).toList();
    if (dead.isEmpty()) {
      return;
    }
    if (dead.size() == group.nodes().size()) {
      dead.forEach(RedisNode::start);
      return;
    }
    await("master to copy from", () -> believedMaster().filter(RedisNode::isAlive).isPresent());
    RedisNode master = believedMaster().orElseThrow();
    dead.forEach(n -> n.startAsReplicaOf(master));
  }

  private Optional<RedisNode> believedMaster() {
    List<RedisNode> opinions =
        monitors.voters().stream()
            .flatMap(v -> v.view(redis.masterName()).current().master().stream())
            .map(m -> group.node(m.address()))
            .toList();
    boolean unanimous =
        opinions.size() == monitors.voters().size() && opinions.stream().distinct().count() == 1;
    return unanimous ? Optional.of(opinions.get(0)) : Optional.empty();
  }

  private boolean wellOrRepaired() {
    if (allLive() && onlyMaster().filter(this::isWell).isPresent()) {
      return true;
    }
    if (monitors.voters().stream().allMatch(this::isCalm)) {
      // Not into a failover: the monitors would wait for what is undone here.
      believedMaster().ifPresent(this::repairRoles);
    }
    return false;
  }

  /** What somebody did behind the monitors' back they would undo too, in half a minute. */
  private void repairRoles(RedisNode master) {
    if (!"master".equals(master.role())) {
      master.promote();
    }
    for (RedisNode node : group.nodes()) {
      if (node != master && !node.isReplicaOf(master.address())) {
        node.replicaOf(master);
      }
    }
  }
}
