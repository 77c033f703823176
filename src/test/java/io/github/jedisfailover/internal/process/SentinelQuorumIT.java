package io.github.jedisfailover.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.it.Workload;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.testsupport.RealSentinel;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;

/** Our process in one quorum with real Sentinels, in front of real Redis. */
class SentinelQuorumIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final RedisServers servers = RedisServers.open();
  private final List<SentinelProgram> running = new ArrayList<>();

  @AfterEach
  void stop() {
    running.forEach(SentinelProgram::close);
    servers.close();
  }

  private SentinelProgram start(List<String> program, int port) {
    SentinelProgram run = SentinelProgram.start(program, where(port), "s.conf");
    running.add(run);
    return run.awaitPong(port);
  }

  private Path where(int port) {
    return directory.resolve(Integer.toString(port));
  }

  private int written(RedisNode master, int quorum) throws IOException {
    int port = servers.ports().any("127.0.0.1");
    Path where = Files.createDirectory(where(port));
    Path script = where.resolve("moved.sh");
    Files.writeString(script, "#!/bin/sh\necho \"$*\" >>moved\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        where.resolve("s.conf"),
        String.join(
            "\n",
            "port " + port,
            "dir " + where,
            "logfile s.log",
            "sentinel monitor m 127.0.0.1 " + master.port() + " " + quorum,
            "sentinel down-after-milliseconds m 1000",
            "sentinel failover-timeout m 5000",
            "sentinel client-reconfig-script m " + script,
            ""));
    return port;
  }

  private static String master(int port) {
    return SentinelProgram.ask(port, "SENTINEL GET-MASTER-ADDR-BY-NAME m");
  }

  private static String told(RedisNode node) {
    String number = Integer.toString(node.port());
    return "*2\r\n$9\r\n127.0.0.1\r\n$" + number.length() + "\r\n" + number + "\r\n";
  }

  private void awaitUsable(List<Integer> ports, int count) {
    for (int port : ports) {
      await("voters of " + port)
          .atMost(LIMIT)
          .until(
              () ->
                  SentinelProgram.ask(port, "SENTINEL CKQUORUM m")
                      .startsWith("+OK " + count + " usable"));
    }
  }

  @Test
  void aRealSentinelIsReplacedOnItsOwnFileAndComesBack() throws IOException {
    assumeTrue(RealSentinel.version().isPresent(), "skipped: no redis-sentinel installed");
    RedisGroup group = servers.group(2);
    RedisNode old = group.master();
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ports.add(written(old, 2));
    }
    List<SentinelProgram> real =
        ports.stream().map(port -> start(SentinelProgram.real(), port)).toList();
    awaitUsable(ports, 3);
    int moving = ports.get(2);
    String id = SentinelProgram.ask(moving, "SENTINEL MYID");
    real.get(2).signal("TERM");
    assertThat(real.get(2).ended().status()).isZero();

    SentinelProgram ours = start(SentinelProgram.ours(), moving);
    awaitUsable(ports, 3);
    assertThat(SentinelProgram.ask(moving, "SENTINEL MYID")).isEqualTo(id);

    old.kill();
    RedisNode next = group.awaitMasterOtherThan(old);
    for (int port : ports) {
      await("new master at " + port).atMost(LIMIT).until(() -> master(port).equals(told(next)));
    }
    Path moved = where(moving).resolve("moved");
    await("the script has run").atMost(LIMIT).until(() -> Files.exists(moved));
    await().until(() -> !Files.readAllLines(moved).isEmpty());
    assertThat(Files.readAllLines(moved).get(0))
        .matches("m (leader|observer) start 127.0.0.1 " + old.port() + " 127.0.0.1 " + next.port());

    ours.signal("TERM");
    assertThat(ours.ended()).isEqualTo(new SentinelProgram.Ended(0, List.of(), List.of()));
    start(SentinelProgram.real(), moving);
    assertThat(SentinelProgram.ask(moving, "SENTINEL MYID")).isEqualTo(id);
    assertThat(master(moving)).isEqualTo(told(next));
    awaitUsable(ports, 3);
  }

  /** Seen by clients: who sits at a place makes no difference, and an empty place not either. */
  @Test
  void clientsAndPeersDoNotNoticeWhoIsReplaced() {
    assumeTrue(RealSentinel.version().isPresent(), "skipped: no redis-sentinel installed");
    try (MixedGroup group = MixedGroup.start(3, directory);
        RedisFailoverClient client = observer(group);
        RedisSentinelClient jedis = plain(group);
        Workload first = Workload.start("ours", 2, (t, turn) -> use(client, "a" + t, turn));
        Workload second = Workload.start("jedis", 2, (t, turn) -> use(jedis, "b" + t, turn))) {
      Map<SentinelMember, Set<String>> peers = peers(group);
      SentinelMember moving = group.members().get(2);
      String id = moving.id();
      for (List<String> next : List.of(SentinelProgram.ours(), SentinelProgram.real())) {
        first.awaitMore(200);
        assertThat(moving.terminate()).extracting(SentinelProgram.Ended::status).isEqualTo(0);
        first.awaitMore(100);
        second.awaitMore(100);
        moving.start(next).awaitPong();
        assertThat(moving.id()).isEqualTo(id);
        group.members().forEach(m -> m.awaitUsable(3));
        group.awaitAgreement(group.nodes().master(), 0, 2);
        assertThat(peers(group)).isEqualTo(peers);
      }
      first.awaitMore(200);
      second.awaitMore(200);
      System.out.printf(
          "[replaced] calls %d and %d, longest %d and %d ms%n",
          first.answered(), second.answered(), first.longestMillis(), second.longestMillis());
      assertThat(first.failures()).isEmpty();
      assertThat(second.failures()).isEmpty();
      assertThat(first.unknown() + second.unknown()).as("calls of unknown outcome").isZero();
      for (String event : List.of("+try-failover", "+switch-master", "+odown", "+tilt")) {
        assertThat(group.logged(event)).as(event).isZero();
      }
      assertThat(group.others(moving)).allMatch(m -> m.logged("+sentinel") == 2);
    }
  }

  /** Each counter counts every turn once. */
  private static void use(UnifiedJedis client, String key, long turn) {
    long counted = client.incr(key);
    String read = client.get(key);
    if (counted != turn || !read.equals(Long.toString(turn))) {
      throw new IllegalStateException(key + " is " + counted + ", read " + read + " at " + turn);
    }
  }

  private static RedisFailoverClient observer(MixedGroup group) {
    NodeAddress[] voters =
        group.members().stream()
            .map(m -> new NodeAddress("127.0.0.1", m.port()))
            .toArray(NodeAddress[]::new);
    return RedisFailoverClient.builder()
        .masterName(SentinelMember.NAME)
        .clientName("observer")
        .nodes(group.nodes().addresses())
        .readFrom(ReadFrom.MASTER) // a replica may not have the write yet
        .monitor(MonitorConfig.builder().voters(voters).quorum(2).build())
        .build();
  }

  private static RedisSentinelClient plain(MixedGroup group) {
    return RedisSentinelClient.builder()
        .masterName(SentinelMember.NAME)
        .sentinels(
            group.members().stream()
                .map(m -> new HostAndPort("127.0.0.1", m.port()))
                .collect(Collectors.toSet()))
        .build();
  }

  /** The ids that each member knows. */
  private static Map<SentinelMember, Set<String>> peers(MixedGroup group) {
    return group.members().stream()
        .collect(
            Collectors.toMap(
                member -> member,
                member ->
                    member.sentinels().stream()
                        .map(s -> s.get("runid"))
                        .collect(Collectors.toSet())));
  }

  @Test
  void aSimulatedCrashEndsWith99AndTheFileRemembers() throws IOException {
    RedisGroup group = servers.group(1);
    int port = written(group.master(), 1);
    SentinelProgram ours = start(SentinelProgram.ours(), port);
    await("knows the replica")
        .atMost(LIMIT)
        .until(
            () -> SentinelProgram.ask(port, "SENTINEL REPLICAS m").contains("master-link-status"));
    assertThat(SentinelProgram.ask(port, "SENTINEL SIMULATE-FAILURE crash-after-election"))
        .isEqualTo("+OK\r\n");
    await("accepted")
        .atMost(LIMIT)
        .until(
            () -> {
              SentinelProgram.ask(port, "SENTINEL FAILOVER m");
              return !ours.isAlive();
            });
    assertThat(ours.ended()).isEqualTo(new SentinelProgram.Ended(99, List.of(), List.of()));
    assertThat(Files.readString(where(port).resolve("s.conf"))).contains("leader-epoch m 1");

    start(SentinelProgram.ours(), port);
    assertThat(master(port)).isEqualTo(told(group.master()));
  }
}
