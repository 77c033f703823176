package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.event.GapListener;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.args.GeoUnit;

/** Kinds of commands: which node serves them, and that they go on when the master dies or hangs. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KindsThroughKillIT {
  private static final String LIBRARY =
      "#!lua name=kinds\n"
          + "redis.register_function('up', function(k, a) return redis.call('INCR', k[1]) end)\n"
          + "redis.register_function{function_name='look', flags={'no-writes'},"
          + " callback=function(k, a) return redis.call('GET', k[1]) end}\n";

  private static Stage stage;

  @BeforeAll
  static void open() {
    stage = Stage.open(2);
    stage.client().functionLoad(LIBRARY);
    stage.client().xgroupCreate("s", "g", new StreamEntryID(), true);
    stage.client().geoadd("geo", 13.36, 38.11, "Palermo");
    stage.client().pfadd("hll", "a");
    stage.client().zadd("z", 1.5, "m");
    stage.client().xadd("s", StreamEntryID.NEW_ENTRY, Map.of("f", "first"));
    stage.group().awaitReplicated();
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  static Stream<Arguments> routes() {
    return Stream.of(
        route("geoadd", true, r -> r.geoadd("geo", 15.08, 37.50, "Catania")),
        route("geosearch", false, r -> r.geosearch("geo", "Palermo", 9, GeoUnit.KM)),
        route("geopos", false, r -> r.geopos("geo", "Palermo")),
        route("georadius", true, r -> r.georadius("geo", 13, 38, 99, GeoUnit.KM)),
        route("georadius_ro", false, r -> r.georadiusReadonly("geo", 13, 38, 99, GeoUnit.KM)),
        route("pfadd", true, r -> r.pfadd("hll", "b")),
        route("pfcount", false, r -> r.pfcount("hll")),
        route("pfmerge", true, r -> r.pfmerge("hll2", "hll")),
        route("fcall", true, r -> r.fcall("up", List.of("n"), List.of())),
        route("fcall_ro", false, r -> r.fcallReadonly("look", List.of("n"), List.of())),
        route("xadd", true, r -> r.xadd("s", StreamEntryID.NEW_ENTRY, Map.of("f", "v"))),
        route("xrange", false, r -> r.xrange("s", (StreamEntryID) null, null)),
        route("xlen", false, r -> r.xlen("s")),
        route("xpending", false, r -> r.xpending("s", "g")),
        route("xreadgroup", true, KindLoads::take),
        route("xack", true, r -> r.xack("s", "g", new StreamEntryID("1-1"))));
  }

  private static Arguments route(
      String command, boolean atMaster, Consumer<RedisFailoverClient> call) {
    return Arguments.of(command, atMaster, call);
  }

  @Order(1)
  @ParameterizedTest(name = "{0}, master: {1}")
  @MethodSource("routes")
  void aCommandGoesWhereItsKindSays(
      String command, boolean atMaster, Consumer<RedisFailoverClient> call) {
    RedisNode master = stage.group().master();
    long there = master.calls(command);
    long elsewhere = atReplicas(command);
    call.accept(stage.client());
    assertThat(master.calls(command) - there).isEqualTo(atMaster ? 1 : 0);
    if (!atMaster) {
      assertThat(atReplicas(command) - elsewhere).isEqualTo(1); // writes are copied there too
    }
  }

  private static long atReplicas(String command) {
    return stage.group().replicas().stream().mapToLong(n -> n.calls(command)).sum();
  }

  static Stream<Named<Consumer<RedisNode>>> faults() {
    return Stream.of(Named.of("SIGKILL", RedisNode::kill), Named.of("SIGSTOP", RedisNode::freeze));
  }

  @Order(2)
  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void everyKindGoesOnAfter(Consumer<RedisNode> fault, TestInfo info) {
    RedisFailoverClient redis = stage.client();
    RedisNode old = stage.group().master();
    // the setting is not copied to replicas: each node must have it
    stage.group().nodes().forEach(n -> n.command("CONFIG", "SET", "notify-keyspace-events", "E$"));
    Events events = new Events();
    Thread listening = new Thread(() -> redis.psubscribe(events, "__keyevent@0__:set"));
    listening.setDaemon(true);
    listening.start();
    await().until(events::isSubscribed);

    KindLoads kinds;
    try (RedisFailoverClient resp2 = resp2();
        KindLoads running = KindLoads.start(redis, resp2, info.getDisplayName())) {
      kinds = running;
      kinds.awaitMore(20);
      fault.accept(old);
      stage.awaitClientLeft(old);
      kinds.awaitMore(50);
    }
    kinds.check(stage);
    await().until(() -> events.gaps.get() == 1);
    int seen = events.heard.get();
    redis.set("event", "after");
    await().until(() -> events.heard.get() > seen);
    events.punsubscribe();
    await().until(() -> !listening.isAlive());
    restore(old);
  }

  private static RedisFailoverClient resp2() {
    return RedisFailoverClient.builder()
        .masterName(LocalMonitors.NAME)
        .clientName("resp2")
        .nodes(stage.group().addresses())
        .clientConfig(DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP2).build())
        .monitor(stage.monitors().first())
        .build();
  }

  private static void restore(RedisNode old) {
    if (old.isFrozen()) {
      old.thaw();
    } else {
      stage.returnAsReplica(old, stage.group().master());
    }
  }

  private static final class Events extends JedisPubSub implements GapListener {
    final AtomicInteger heard = new AtomicInteger();
    final AtomicInteger gaps = new AtomicInteger();

    @Override
    public void onPMessage(String pattern, String channel, String key) {
      heard.incrementAndGet();
    }

    @Override
    public void onGap(Duration atMost) {
      gaps.incrementAndGet();
    }
  }
}
