package io.github.jedisfailover.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.testing.Access;
import io.github.jedisfailover.testing.FreePorts;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One master with two replicas, and three Sentinels of two kinds that watch them. */
final class MixedGroup implements AutoCloseable {
  /** A member that was starved sits out 30 s of TILT before it judges again. */
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final RedisServers servers;
  private final RedisGroup nodes;
  private final List<SentinelMember> members = new ArrayList<>();

  private MixedGroup(Access access) {
    servers = RedisServers.open(access);
    nodes = servers.group(2);
  }

  static MixedGroup start(int real, Path directory) {
    return start(real, directory, Access.OPEN);
  }

  static MixedGroup start(int real, Path directory, Access access, String... moreLines) {
    return start(real, directory, access, ports -> List.of(moreLines));
  }

  /**
   * Three members, all known to each other, all replicas seen fit.
   *
   * @param moreLines of each member's file; may take more ports
   */
  static MixedGroup start(
      int real, Path directory, Access access, Function<FreePorts, List<String>> moreLines) {
    MixedGroup group = new MixedGroup(access);
    try {
      for (int i = 0; i < 3; i++) {
        int port = group.servers.ports().any("127.0.0.1");
        Path own = directory.resolve(Integer.toString(port));
        SentinelMember member =
            new SentinelMember(
                port, own, group.nodes.master(), moreLines.apply(group.servers.ports()));
        group.members.add(member);
        member.start(i < real ? SentinelProgram.real() : SentinelProgram.ours());
      }
      group.members.forEach(SentinelMember::awaitPong);
      group.members.forEach(m -> m.awaitUsable(3));
      group.awaitAgreement(group.nodes.master(), 0, 2);
      return group;
    } catch (RuntimeException | Error e) {
      group.close();
      throw e;
    }
  }

  RedisGroup nodes() {
    return nodes;
  }

  List<SentinelMember> members() {
    return members;
  }

  SentinelMember member(boolean real) {
    return members.stream().filter(m -> m.isReal() == real).findFirst().orElseThrow();
  }

  List<SentinelMember> others(SentinelMember than) {
    return members.stream().filter(m -> m != than).toList();
  }

  List<SentinelMember> running() {
    return members.stream().filter(SentinelMember::isAlive).toList();
  }

  /** The highest configuration epoch that a running member tells. */
  long epoch() {
    return running().stream().mapToLong(m -> m.told().epoch()).max().orElse(0);
  }

  /** How often this event was logged by members of one kind. */
  long logged(boolean real, String event) {
    return members.stream().filter(m -> m.isReal() == real).mapToLong(m -> m.logged(event)).sum();
  }

  long logged(String event) {
    return logged(true, event) + logged(false, event);
  }

  /** Waits until all running members say the same, and nothing is wrong or under way. */
  void awaitAgreement(RedisNode master, long epoch, long replicas) {
    SentinelMember.Told expected =
        new SentinelMember.Told(master.port(), master.port(), epoch, "master", 2, replicas);
    for (SentinelMember member : running()) {
      await("what " + member + " tells")
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .atMost(LIMIT)
          .until(member::told, expected::equals);
    }
  }

  /**
   * One kill of the master.
   *
   * @param millis from the kill until all running members told clients the new master
   * @param real whether a real Sentinel led it
   */
  record Failover(RedisNode master, long millis, boolean real) {}

  /**
   * Kills the master and waits for the one failover that must follow; the killed node comes back as
   * a replica of the new master.
   */
  Failover killMaster() {
    RedisNode old = nodes.master();
    Failover failover = loseMaster();
    old.startAsReplicaOf(failover.master());
    nodes.awaitInSync(failover.master());
    awaitAgreement(failover.master(), epoch(), 2);
    return failover;
  }

  /** As {@link #killMaster()}, but the killed node stays away. */
  Failover loseMaster() {
    RedisNode old = nodes.master();
    long before = logged("+promoted-slave");
    long byReal = logged(true, "+promoted-slave");
    long start = System.nanoTime();
    old.kill();
    RedisNode master = nodes.awaitMasterOtherThan(old);
    for (SentinelMember member : running()) {
      await("the new master at " + member)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(10))
          .atMost(LIMIT)
          .until(() -> member.told().port() == master.port());
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    awaitAgreement(master, epoch(), 1);
    assertThat(logged("+promoted-slave")).as("leaders so far").isEqualTo(before + 1);
    return new Failover(master, millis, logged(true, "+promoted-slave") > byReal);
  }

  /** Who is helped to lead the next failover. */
  enum Favour {
    REAL,
    OURS,
    NOBODY
  }

  /**
   * Members of the other kind wait longer before they stand; a favoured one that is alone calls the
   * master objectively down by itself. Both kinds vote for whoever asks first.
   */
  void favour(Favour favour) {
    for (SentinelMember member : members) {
      boolean favoured = favour == (member.isReal() ? Favour.REAL : Favour.OURS);
      boolean slow = !favoured && favour != Favour.NOBODY;
      long alike = members.stream().filter(m -> m.isReal() == member.isReal()).count();
      int downAfter = slow ? 4 * SentinelMember.DOWN_AFTER : SentinelMember.DOWN_AFTER;
      member.set(
          Map.of(
              "quorum",
              favoured && alike == 1 ? "1" : "2",
              "down-after-milliseconds",
              "" + downAfter));
    }
  }

  @Override
  public void close() {
    members.forEach(SentinelMember::close);
    servers.close();
  }
}
