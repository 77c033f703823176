package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.event.GapListener;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.testing.Partition;
import io.github.jedisfailover.testing.RedisNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.JedisShardedPubSub;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisProtocol;

/** Subscriptions that outlive their connection. */
class SubscriptionIT {
  private final FaultStage stage = new FaultStage();

  @AfterEach
  void close() {
    stage.close();
  }

  private RedisFailoverClient client(RedisProtocol protocol) {
    return client(protocol, b -> {});
  }

  /** A short socket time-out: a silent node is asked after a second. */
  private RedisFailoverClient client(
      RedisProtocol protocol, Consumer<RedisFailoverClient.Builder> more) {
    return stage.client(
        b -> {
          b.clientConfig(
              DefaultJedisClientConfig.builder()
                  .protocol(protocol)
                  .socketTimeoutMillis(300)
                  .build());
          more.accept(b);
        });
  }

  /** Writes down what it hears. */
  private static final class Heard extends JedisPubSub implements GapListener {
    final List<String> words = new CopyOnWriteArrayList<>();
    final List<Duration> gaps = new CopyOnWriteArrayList<>();
    final List<String> subscribed = new CopyOnWriteArrayList<>();
    final List<String> left = new CopyOnWriteArrayList<>();
    final List<String> pongs = new CopyOnWriteArrayList<>();

    @Override
    public void onMessage(String channel, String message) {
      words.add(channel + "=" + message);
      if (message.equals("more")) {
        subscribe("later");
      }
    }

    @Override
    public void onPMessage(String pattern, String channel, String message) {
      words.add(pattern + ":" + channel + "=" + message);
    }

    @Override
    public void onSubscribe(String channel, int count) {
      subscribed.add(channel);
    }

    @Override
    public void onUnsubscribe(String channel, int count) {
      left.add(channel);
    }

    @Override
    public void onPong(String word) {
      pongs.add(word);
    }

    @Override
    public void onGap(Duration atMost) {
      gaps.add(atMost);
    }
  }

  private Future<?> subscribed(RedisFailoverClient redis, Heard heard, String... channels) {
    Future<?> running = stage.callers.submit(() -> redis.subscribe(heard, channels));
    await().until(() -> heard.subscribed.size() >= channels.length);
    return running;
  }

  private static void hear(Heard heard, RedisNode from, String channel, String word) {
    from.command("PUBLISH", channel, word);
    await().until(() -> heard.words.contains(channel + "=" + word));
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void goesOnAtTheNextMasterWithAllChannelsAndTellsTheGap(RedisProtocol protocol) throws Exception {
    try (RedisFailoverClient redis = client(protocol)) {
      Heard heard = new Heard();
      Future<?> running = subscribed(redis, heard, "a", "b");
      heard.psubscribe("news.*");
      heard.unsubscribe("b");
      hear(heard, stage.master, "a", "more");
      await().until(() -> heard.subscribed.contains("later"));
      await().until(() -> heard.left.equals(List.of("b")));

      stage.master.kill();
      stage.callers.stayBlocked(running);
      stage.switchToOne();
      await().until(() -> !heard.gaps.isEmpty());
      assertThat(heard.gaps.get(0)).isBetween(Duration.ofMillis(250), Duration.ofSeconds(20));
      hear(heard, stage.one, "a", "1");
      hear(heard, stage.one, "later", "2");
      stage.one.command("PUBLISH", "b", "unheard");
      stage.one.command("PUBLISH", "news.x", "3");
      await().until(() -> heard.words.contains("news.*:news.x=3"));
      assertThat(heard.words).doesNotContain("b=unheard");
      assertThat(heard.gaps).hasSize(1);

      heard.unsubscribe();
      heard.punsubscribe();
      running.get(3, TimeUnit.SECONDS);
      assertThat(heard.isSubscribed()).isFalse();
    }
  }

  @Test
  void aFrozenMasterIsLeftAtTheSwitch() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      Heard heard = new Heard();
      subscribed(redis, heard, "a");
      stage.master.freeze();
      stage.switchToOne();
      await().until(() -> !heard.gaps.isEmpty());
      hear(heard, stage.one, "a", "1");
    } finally {
      stage.master.thaw();
    }
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void aNodeThatDoesNotAnswerIsNoticedWithoutNews(RedisProtocol protocol) throws Exception {
    try (RedisFailoverClient redis = client(protocol)) {
      Heard heard = new Heard();
      subscribed(redis, heard, "a");
      stage.master.freeze();
      await().until(() -> stage.source.hints.contains(stage.master.address()));
      stage.master.thaw();
      await().until(() -> !heard.gaps.isEmpty());
      assertThat(heard.gaps.get(0)).isGreaterThan(Duration.ofMillis(900));
      hear(heard, stage.master, "a", "1");
    }
  }

  @Test
  void aSilentlyDeadConnectionIsNoticed() {
    String missing = Partition.missing();
    Assumptions.assumeTrue(missing.isEmpty(), missing);
    try (RedisFailoverClient redis = client(RedisProtocol.RESP3);
        Partition cut = Partition.open()) {
      Heard heard = new Heard();
      subscribed(redis, heard, "a");
      cut.around(stage.master.address());
      await().until(() -> stage.source.hints.contains(stage.master.address()));
      stage.source.say(stage.one, stage.two);
      stage.one.promote();
      await().until(() -> !heard.gaps.isEmpty());
      hear(heard, stage.one, "a", "1");
      cut.heal();
    }
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void aQuietSubscriptionIsNotDisturbed(RedisProtocol protocol) {
    try (RedisFailoverClient redis = client(protocol)) {
      Heard heard = new Heard();
      Future<?> running = subscribed(redis, heard, "a");
      long pings = stage.master.calls("ping");
      await().until(() -> stage.master.calls("ping") >= pings + 3);
      heard.ping();
      heard.ping("word");
      await().until(() -> heard.pongs.size() == 2);
      hear(heard, stage.master, "a", "1");
      assertThat(heard.gaps).isEmpty();
      assertThat(heard.pongs).hasSize(2).contains("word");
      assertThat(running).isNotDone();
      assertThat(heard.subscribed).containsExactly("a");
    }
  }

  @Test
  void closingTheClientEndsItWithoutAnError() throws Exception {
    Heard heard = new Heard();
    Future<?> running;
    try (RedisFailoverClient redis = stage.client()) {
      running = subscribed(redis, heard, "a", "b");
    }
    running.get(3, TimeUnit.SECONDS);
    assertThat(heard.isSubscribed()).isFalse();
    assertThat(heard.left).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void unsubscribingWhileThereIsNoNodeEndsIt() throws Exception {
    try (RedisFailoverClient redis = stage.client()) {
      Heard heard = new Heard();
      Future<?> running = subscribed(redis, heard, "a");
      stage.source.say(List.of());
      stage.callers.stayBlocked(running);
      heard.unsubscribe();
      running.get(3, TimeUnit.SECONDS);
      assertThat(heard.left).containsExactly("a");
      assertThat(heard.gaps).isEmpty();
    }
  }

  @Test
  void closingWhileThereIsNoNodeEndsIt() throws Exception {
    Heard heard = new Heard();
    Future<?> running;
    try (RedisFailoverClient redis = stage.client()) {
      running = subscribed(redis, heard, "a");
      stage.source.say(List.of());
      stage.callers.stayBlocked(running);
    }
    running.get(3, TimeUnit.SECONDS);
  }

  @Test
  void withoutAMasterAtTheStartItFailsLikeAnyCall() {
    try (RedisFailoverClient redis = stage.client(b -> b.callTimeout(Duration.ofMillis(300)))) {
      stage.source.say(List.of());
      assertThatThrownBy(() -> redis.subscribe(new Heard(), "a"))
          .isInstanceOf(MasterUnavailableException.class);
    }
  }

  @Test
  void aReplicaServesItIfToldToAndIsLeftWhenItLosesItsMaster() {
    try (RedisFailoverClient redis =
        client(RedisProtocol.RESP3, b -> b.subscribeByReadFrom(true))) {
      Heard heard = new Heard();
      subscribed(redis, heard, "a");
      await("those of earlier tests are gone")
          .until(
              () ->
                  subscribers(stage.master) == 0
                      && subscribers(stage.one) + subscribers(stage.two) == 1);
      RedisNode first = subscribers(stage.one) > 0 ? stage.one : stage.two;
      RedisNode second = first == stage.one ? stage.two : stage.one;
      hear(heard, stage.master, "a", "1");
      first.kill();
      stage.source.say(stage.master, second);
      await().until(() -> !heard.gaps.isEmpty());
      assertThat(subscribers(second)).isEqualTo(1);
      hear(heard, stage.master, "a", "2");
    }
  }

  private static long subscribers(RedisNode node) {
    return (Long) ((List<?>) node.command("PUBSUB", "NUMSUB", "a")).get(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void binaryAndShardedListenersGoOnToo(boolean frozen) {
    try (RedisFailoverClient redis = stage.client()) {
      List<String> words = new CopyOnWriteArrayList<>();
      BinaryJedisPubSub binary =
          new BinaryJedisPubSub() {
            @Override
            public void onMessage(byte[] channel, byte[] message) {
              words.add("binary");
            }
          };
      JedisShardedPubSub sharded =
          new JedisShardedPubSub() {
            @Override
            public void onSMessage(String channel, String message) {
              words.add("sharded");
            }
          };
      BinaryJedisPubSub patterns =
          new BinaryJedisPubSub() {
            @Override
            public void onPMessage(byte[] pattern, byte[] channel, byte[] message) {
              words.add("binary pattern");
            }
          };
      byte[] name = {(byte) 0xff, 0, 'x'};
      stage.callers.submit(() -> redis.subscribe(binary, name));
      stage.callers.submit(() -> redis.psubscribe(patterns, "p*".getBytes(StandardCharsets.UTF_8)));
      stage.callers.submit(() -> redis.ssubscribe(sharded, "s"));
      await()
          .until(() -> binary.isSubscribed() && patterns.isSubscribed() && sharded.isSubscribed());
      if (frozen) {
        stage.master.freeze();
      } else {
        stage.master.kill();
      }
      stage.switchToOne();
      await()
          .untilAsserted(
              () -> {
                redis.publish(name, new byte[] {1});
                redis.publish("p1", "x");
                redis.sendCommand(Protocol.Command.SPUBLISH, "s", "x");
                assertThat(words).contains("binary", "binary pattern", "sharded");
              });
    } finally {
      if (frozen) {
        stage.master.thaw();
      }
    }
  }
}
