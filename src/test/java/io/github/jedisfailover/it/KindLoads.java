package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.FailoverPipeline;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.exceptions.NotAppliedException;
import io.github.jedisfailover.exceptions.OutcomeUnknownException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.args.GeoUnit;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.Tuple;

/** Each kind of command, repeated by a thread of its own, and an account of what it did. */
final class KindLoads implements AutoCloseable {
  private final Map<String, Workload> loads = new LinkedHashMap<>();
  private final RedisFailoverClient redis;
  private final UnifiedJedis master;
  private final String run;
  private final String script;
  private final Set<String> added = ConcurrentHashMap.newKeySet();
  private final Set<String> taken = ConcurrentHashMap.newKeySet();
  private final Set<String> pushed = ConcurrentHashMap.newKeySet();
  private final Set<String> perhapsPushed = ConcurrentHashMap.newKeySet();

  private KindLoads(RedisFailoverClient redis, String run) {
    this.redis = redis;
    this.master = redis.reading(ReadFrom.MASTER);
    this.run = run;
    this.script = redis.scriptLoad("return redis.call('INCR', KEYS[1])");
  }

  /**
   * @param run keeps its keys apart from those of other runs
   */
  static KindLoads start(RedisFailoverClient redis, RedisFailoverClient resp2, String run) {
    KindLoads kinds = new KindLoads(redis, run);
    kinds.load("geoadd", turn -> redis.geoadd("geo", 13, 38, "m" + turn % 100));
    kinds.load("geosearch", turn -> redis.geosearch("geo", "Palermo", 99, GeoUnit.KM));
    kinds.load("pfadd", turn -> redis.pfadd("hll", "e" + turn));
    kinds.load("pfcount", turn -> redis.pfcount("hll"));
    kinds.load("fcall", turn -> redis.fcall("up", List.of("n" + run), List.of()));
    kinds.load("fcall_ro", turn -> redis.fcallReadonly("look", List.of("n"), List.of()));
    kinds.load("evalsha", turn -> redis.evalsha(kinds.script, List.of("s" + run), List.of()));
    kinds.load("set", turn -> redis.set("event", "" + turn));
    kinds.load("transact", turn -> kinds.both());
    kinds.load("pipeline", kinds::push);
    kinds.load("xadd", kinds::add);
    kinds.load("xreadgroup", turn -> kinds.takeAndAcknowledge());
    kinds.load("resp3", turn -> scores(redis));
    kinds.load("resp2", turn -> scores(resp2));
    return kinds;
  }

  private interface Turn {
    void take(long number);
  }

  private void load(String name, Turn turn) {
    loads.put(name, Workload.start(name, 1, (thread, number) -> turn.take(number)));
  }

  private void both() {
    redis.transact(
        t -> {
          t.multi();
          t.incr("a" + run);
          return t.incr("b" + run);
        },
        "a" + run);
  }

  private void push(long turn) {
    Map<String, Response<Long>> replies = new LinkedHashMap<>();
    try (FailoverPipeline pipeline = redis.pipelined()) {
      for (long n = 5 * turn; n < 5 * turn + 5; n++) {
        replies.put("" + n, pipeline.rpush("list" + run, "" + n));
      }
    } finally {
      replies.forEach(this::account);
    }
  }

  private void account(String number, Response<Long> reply) {
    try {
      reply.get();
      pushed.add(number);
    } catch (OutcomeUnknownException e) {
      perhapsPushed.add(number);
    } catch (NotAppliedException e) {
      // must not be in the list
    }
  }

  private void add(long turn) {
    String name = run + turn;
    redis.xadd("s", StreamEntryID.NEW_ENTRY, Map.of("f", name));
    added.add(name);
  }

  private void takeAndAcknowledge() {
    for (StreamEntry entry : take(redis)) {
      taken.add(entry.getFields().get("f"));
      redis.xack("s", "g", entry.getID());
    }
  }

  static List<StreamEntry> take(RedisFailoverClient redis) {
    return read(redis, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY);
  }

  private static List<StreamEntry> read(RedisFailoverClient redis, StreamEntryID from) {
    XReadGroupParams ten = XReadGroupParams.xReadGroupParams().count(10);
    var read = redis.xreadGroup("g", "c", ten, Map.of("s", from));
    return read == null ? List.of() : read.get(0).getValue();
  }

  /** The numbers are text in one protocol and numbers in the other. */
  private static void scores(RedisFailoverClient redis) {
    List<Tuple> scores = redis.reading(ReadFrom.MASTER).zrangeWithScores("z", 0, -1);
    if (!scores.equals(List.of(new Tuple("m", 1.5)))) {
      throw new IllegalStateException(scores.toString());
    }
  }

  /** Waits until each has so many more answers than now. */
  void awaitMore(int answers) {
    List<Long> before = loads.values().stream().map(Workload::answered).toList();
    await("progress of all kinds")
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              List<Long> now = loads.values().stream().map(Workload::answered).toList();
              for (int i = 0; i < now.size(); i++) {
                if (now.get(i) < before.get(i) + answers) {
                  return false;
                }
              }
              return true;
            });
  }

  /** Stops; later figures do not change any more. */
  @Override
  public void close() {
    loads.values().forEach(Workload::close);
  }

  void check(Stage stage) {
    loads.forEach((kind, load) -> assertThat(load.failures()).as(kind).isEmpty());
    assertThat(master.get("a" + run)).as("a transaction is whole").isEqualTo(master.get("b" + run));
    assertNotMoreThanSent("a", "transact");
    assertNotMoreThanSent("n", "fcall");
    assertNotMoreThanSent("s", "evalsha");
    checkPipelines();
    recover();
    assertThat(taken)
        .as("entries acknowledged to the producer are consumed")
        .containsAll(survived(stage));
    StringBuilder told = new StringBuilder(run + ": answered/unknown");
    loads.forEach(
        (kind, load) ->
            told.append(' ')
                .append(kind)
                .append(' ')
                .append(load.answered())
                .append('/')
                .append(load.unknown()));
    System.out.println(told);
  }

  private void assertNotMoreThanSent(String key, String kind) {
    Workload load = loads.get(kind);
    assertThat(Long.parseLong(master.get(key + run)))
        .as("%s: none is applied twice", kind)
        .isLessThanOrEqualTo(load.answered() + load.unknown());
  }

  private void checkPipelines() {
    List<String> list = master.lrange("list" + run, 0, -1);
    assertThat(list.stream().map(Long::valueOf).toList()).doesNotHaveDuplicates().isSorted();
    List<String> strangers = new ArrayList<>(list);
    strangers.removeAll(pushed);
    assertThat(perhapsPushed).as("what is there was said to be, perhaps").containsAll(strangers);
  }

  /** What was given to the consumer while its reply was lost is pending, not gone. */
  private void recover() {
    read(redis, new StreamEntryID()).forEach(e -> taken.add(e.getFields().get("f")));
    for (var more = take(redis); !more.isEmpty(); more = take(redis)) {
      more.forEach(e -> taken.add(e.getFields().get("f")));
    }
  }

  /** Redis may lose the newest writes with its master. */
  private List<String> survived(Stage stage) {
    stage.group().awaitReplicated();
    return master.xrange("s", (StreamEntryID) null, null).stream()
        .map(e -> e.getFields().get("f"))
        .filter(added::contains)
        .toList();
  }
}
