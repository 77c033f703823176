package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.event.GapListener;
import io.github.jedisfailover.testing.RedisNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.args.GeoUnit;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;

/** Kinds of commands: which node serves them, and that they go on after a real kill. */
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
    // the setting is not copied to replicas: each node must have it
    stage.group().nodes().forEach(n -> n.command("CONFIG", "SET", "notify-keyspace-events", "E$"));
    stage.client().functionLoad(LIBRARY);
    stage.client().xgroupCreate("s", "g", new StreamEntryID(), true);
    stage.client().geoadd("geo", 13.36, 38.11, "Palermo");
    stage.client().pfadd("hll", "a");
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
        route("xreadgroup", true, KindsThroughKillIT::take),
        route("xack", true, r -> r.xack("s", "g", new StreamEntryID("1-1"))));
  }

  private static Arguments route(
      String command, boolean atMaster, Consumer<RedisFailoverClient> call) {
    return Arguments.of(command, atMaster, call);
  }

  private static List<StreamEntry> take(RedisFailoverClient redis) {
    Map<String, StreamEntryID> undelivered =
        Map.of("s", StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY);
    var read =
        redis.xreadGroup("g", "c", XReadGroupParams.xReadGroupParams().count(10), undelivered);
    return read == null ? List.of() : read.get(0).getValue();
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

  @Test
  @Order(2)
  void everyKindGoesOnAfterAKill() {
    RedisFailoverClient redis = stage.client();
    AtomicInteger number = new AtomicInteger();
    Set<String> added = ConcurrentHashMap.newKeySet();
    Set<String> taken = ConcurrentHashMap.newKeySet();
    RedisNode old = stage.group().master();
    Events events = new Events();
    Thread listening = new Thread(() -> redis.psubscribe(events, "__keyevent@0__:set"));
    listening.setDaemon(true);
    listening.start();
    await().until(events::isSubscribed);

    List<Workload> loads = new ArrayList<>();
    try {
      loads.add(
          load("geo", () -> redis.geoadd("geo", 13, 38, "m" + number.incrementAndGet() % 100)));
      loads.add(load("geosearch", () -> redis.geosearch("geo", "Palermo", 99, GeoUnit.KM)));
      loads.add(load("pfadd", () -> redis.pfadd("hll", "e" + number.incrementAndGet())));
      loads.add(load("pfcount", () -> redis.pfcount("hll")));
      loads.add(load("fcall", () -> redis.fcall("up", List.of("n"), List.of())));
      loads.add(load("fcall_ro", () -> redis.fcallReadonly("look", List.of("n"), List.of())));
      loads.add(load("set", () -> redis.set("event", "" + number.incrementAndGet())));
      loads.add(
          load(
              "xadd",
              () -> {
                String name = "e" + number.incrementAndGet();
                redis.xadd("s", StreamEntryID.NEW_ENTRY, Map.of("f", name));
                added.add(name);
              }));
      loads.add(load("xreadgroup", () -> takeAndAcknowledge(redis, taken)));
      await().until(() -> loads.stream().allMatch(l -> l.answered() > 20));
      stage.group().awaitReplicated();
      old.kill();
      stage.awaitClientLeft(old);
      List<Long> before = loads.stream().map(Workload::answered).map(Number::longValue).toList();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                for (int i = 0; i < before.size(); i++) {
                  if (loads.get(i).answered() <= before.get(i) + 50) {
                    return false;
                  }
                }
                return true;
              });
    } finally {
      loads.forEach(Workload::close);
    }
    loads.forEach(l -> assertThat(l.failures()).isEmpty());
    await().until(() -> events.gaps.get() == 1);
    int seen = events.heard.get();
    redis.set("event", "after");
    await().until(() -> events.heard.get() > seen);
    recover(redis, taken);
    assertThat(taken)
        .as("entries acknowledged to the producer are consumed")
        .containsAll(survived(redis, added));
    events.punsubscribe();
    await().until(() -> !listening.isAlive());
  }

  private static Workload load(String name, Runnable call) {
    return Workload.start(name, 1, (thread, turn) -> call.run());
  }

  private static void takeAndAcknowledge(RedisFailoverClient redis, Set<String> taken) {
    for (StreamEntry entry : take(redis)) {
      taken.add(entry.getFields().get("f"));
      redis.xack("s", "g", entry.getID());
    }
  }

  /** What was given to the consumer while its reply was lost is pending, not gone. */
  private static void recover(RedisFailoverClient redis, Set<String> taken) {
    var pending =
        redis.xreadGroup(
            "g", "c", XReadGroupParams.xReadGroupParams(), Map.of("s", new StreamEntryID()));
    pending.get(0).getValue().forEach(e -> taken.add(e.getFields().get("f")));
    List<StreamEntry> more = take(redis);
    while (!more.isEmpty()) {
      more.forEach(e -> taken.add(e.getFields().get("f")));
      more = take(redis);
    }
  }

  /** Redis may lose the newest writes with its master. */
  private static List<String> survived(RedisFailoverClient redis, Set<String> added) {
    stage.group().awaitReplicated();
    return redis.xrange("s", (StreamEntryID) null, null).stream()
        .map(e -> e.getFields().get("f"))
        .filter(added::contains)
        .toList();
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
