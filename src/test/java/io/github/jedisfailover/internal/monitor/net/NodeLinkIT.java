package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.Hello;
import io.github.jedisfailover.internal.monitor.core.InfoReport;
import io.github.jedisfailover.internal.monitor.core.Target;
import io.github.jedisfailover.internal.monitor.wire.HelloCodec;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.testing.Access;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;

/** One link to one real node. */
class NodeLinkIT {
  private static final String ID = "b".repeat(40);

  private final List<CoreInput> inputs = new CopyOnWriteArrayList<>();
  private final DaemonThreads threads = new DaemonThreads("node-link-test");
  private RedisServers servers;
  private RedisNode redis;
  private RedisNode other;
  private Target.Redis target;
  private NodeLink link;

  @BeforeEach
  void start() {
    servers = RedisServers.open(Access.password("secret"));
    redis = servers.start();
    other = servers.start();
    target = new Target.Redis("m", redis.address());
    link = open("secret");
    await().until(() -> inputs.contains(new CoreInput.LinkUp(target)));
  }

  private NodeLink open(String password) {
    return NodeLink.open(
        threads,
        ID,
        target,
        LinkAccess.ofApplication(
            DefaultJedisClientConfig.builder().password(password).database(3).build()),
        LinkTiming.forNode(1_000),
        inputs::add);
  }

  @AfterEach
  void stop() {
    link.close();
    threads.close();
    servers.close();
  }

  private String clients() {
    return redis.command("CLIENT", "LIST").toString();
  }

  private boolean subscribed() {
    return redis
        .command("PUBSUB", "NUMSUB", HelloCodec.CHANNEL)
        .equals(List.of(HelloCodec.CHANNEL, 1L));
  }

  private InfoReport lastInfo() {
    return inputs.stream()
        .filter(CoreInput.InfoRead.class::isInstance)
        .map(i -> ((CoreInput.InfoRead) i).info())
        .reduce((a, b) -> b)
        .orElse(null);
  }

  private void awaitInfo(Predicate<InfoReport> expected) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> lastInfo() != null && expected.test(lastInfo()));
  }

  @Test
  void introducesItselfPingsAndReadsInfo() {
    link.offer(new CoreAction.Ping(target));
    link.offer(new CoreAction.AskInfo(target));
    awaitInfo(InfoReport::master);
    assertThat(inputs).contains(new CoreInput.PingSent(target), new CoreInput.Pong(target, "PONG"));
    await().until(() -> clients().contains("sentinel-bbbbbbbb-pubsub"));
    assertThat(clients()).containsPattern("name=sentinel-bbbbbbbb-cmd [^\n]*db=0 ");
  }

  @Test
  void changesTheRoleAndSeesItAtOnceWithoutBeingAsked() {
    NodeAddress master = other.address();
    link.offer(new CoreAction.MakeReplicaOf(target, master));
    awaitInfo(i -> !i.master() && master.equals(i.masterAddress()));
    await().until(() -> redis.configuration().contains("replicaof 127"));
    link.offer(new CoreAction.MakeMaster(target));
    awaitInfo(InfoReport::master);
    assertThat(redis.configuration()).as("CONFIG REWRITE").doesNotContain("replicaof 127");
  }

  @Test
  void hearsOthersButNotItself() {
    Hello mine = hello(ID);
    Hello theirs = hello("c".repeat(40));
    await().until(() -> subscribed());
    redis.command("PUBLISH", HelloCodec.CHANNEL, "garbage");
    redis.command("PUBLISH", HelloCodec.CHANNEL, HelloCodec.encode(mine));
    redis.command("PUBLISH", HelloCodec.CHANNEL, HelloCodec.encode(theirs));
    await().until(() -> inputs.contains(new CoreInput.HelloHeard(theirs, false)));
    assertThat(inputs).doesNotContain(new CoreInput.HelloHeard(mine, false));
  }

  private Hello hello(String id) {
    return new Hello(new NodeAddress("127.0.0.1", 1), id, 1, "m", redis.address(), 1);
  }

  @Test
  void noticesADeathAtOnceAndConnectsAgain() {
    await().until(() -> subscribed());
    redis.kill();
    // nothing was asked of the link: its subscription felt it
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> inputs.stream().anyMatch(CoreInput.LinkDown.class::isInstance));
    inputs.clear();
    redis.start();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> inputs.contains(new CoreInput.LinkUp(target)));
  }

  @Test
  void aFrozenNodeKeepsTheLinkWaitingButNotItsClosing() {
    redis.freeze();
    try {
      link.offer(new CoreAction.Ping(target));
      await().until(() -> inputs.contains(new CoreInput.PingSent(target)));
      link.close();
      await()
          .atMost(Duration.ofSeconds(5))
          .until(
              () ->
                  Thread.getAllStackTraces().keySet().stream()
                      .noneMatch(t -> t.getName().startsWith("ha-node-link-test-link")));
    } finally {
      redis.thaw();
    }
  }

  @Test
  void aWrongPasswordIsALinkThatIsDown() {
    link.close();
    inputs.clear();
    link = open("wrong");
    await()
        .until(
            () ->
                inputs.stream()
                    .anyMatch(
                        i ->
                            i instanceof CoreInput.LinkDown d && d.reason().contains("WRONGPASS")));
    assertThat(inputs).doesNotContain(new CoreInput.LinkUp(target));
  }
}
