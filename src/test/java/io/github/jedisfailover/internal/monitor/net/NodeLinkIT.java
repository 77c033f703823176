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
import io.github.jedisfailover.topology.NodeAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Protocol.Command;

/** One link to one real node. */
class NodeLinkIT {
  private static final String ID = "b".repeat(40);

  @TempDir Path directory;

  private final List<CoreInput> inputs = new CopyOnWriteArrayList<>();
  private final DaemonThreads threads = new DaemonThreads("node-link-test");
  private RedisProcess redis;
  private RedisProcess other;
  private Target.Redis target;
  private NodeLink link;

  @BeforeEach
  void start() {
    List<Integer> ports = RedisProcess.freePorts(2);
    redis = RedisProcess.start(directory, ports.get(0), "requirepass secret");
    redis.password("secret");
    other = RedisProcess.start(directory, ports.get(1));
    target = new Target.Redis("m", redis.address());
    link = open("secret");
    await().until(() -> inputs.contains(new CoreInput.LinkUp(target)));
  }

  private NodeLink open(String password) {
    return NodeLink.open(
        threads,
        ID,
        target,
        DefaultJedisClientConfig.builder().password(password).database(3).build(),
        LinkTiming.forNode(1_000),
        inputs::add);
  }

  @AfterEach
  void stop() {
    link.close();
    threads.close();
    redis.close();
    other.close();
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
    await().until(() -> redis.ask(Command.CLIENT, "LIST").contains("sentinel-bbbbbbbb-pubsub"));
    assertThat(redis.ask(Command.CLIENT, "LIST"))
        .containsPattern("name=sentinel-bbbbbbbb-cmd [^\n]*db=0 ");
  }

  @Test
  void changesTheRoleAndSeesItAtOnceWithoutBeingAsked() {
    NodeAddress master = other.address();
    link.offer(new CoreAction.MakeReplicaOf(target, master));
    awaitInfo(i -> !i.master() && master.equals(i.masterAddress()));
    link.offer(new CoreAction.MakeMaster(target));
    awaitInfo(InfoReport::master);
    assertThat(redis.configuration()).as("CONFIG REWRITE").doesNotContain("replicaof 127");
  }

  @Test
  void hearsOthersButNotItself() {
    Hello mine = hello(ID);
    Hello theirs = hello("c".repeat(40));
    await().until(() -> redis.ask(Command.PUBSUB, "NUMSUB", HelloCodec.CHANNEL).contains("1"));
    redis.ask(Command.PUBLISH, HelloCodec.CHANNEL, "garbage");
    redis.ask(Command.PUBLISH, HelloCodec.CHANNEL, HelloCodec.encode(mine));
    redis.ask(Command.PUBLISH, HelloCodec.CHANNEL, HelloCodec.encode(theirs));
    await().until(() -> inputs.contains(new CoreInput.HelloHeard(theirs, false)));
    assertThat(inputs).doesNotContain(new CoreInput.HelloHeard(mine, false));
  }

  private Hello hello(String id) {
    return new Hello(new NodeAddress("127.0.0.1", 1), id, 1, "m", redis.address(), 1);
  }

  @Test
  void noticesADeathAtOnceAndConnectsAgain() {
    await().until(() -> redis.ask(Command.PUBSUB, "NUMSUB", HelloCodec.CHANNEL).contains("1"));
    redis.kill();
    // nothing was asked of the link: its subscription felt it
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> inputs.stream().anyMatch(CoreInput.LinkDown.class::isInstance));
    inputs.clear();
    redis.restart();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> inputs.contains(new CoreInput.LinkUp(target)));
  }

  @Test
  void aFrozenNodeKeepsTheLinkWaitingButNotItsClosing() {
    redis.signal("STOP");
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
      redis.signal("CONT");
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
