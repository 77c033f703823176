package io.github.jedisfailover.client;

import io.github.jedisfailover.JedisFailoverPool;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/** A real master with two replicas, a topology that the test tells, and calls on other threads. */
final class FaultStage implements AutoCloseable {
  /** Long, so that a test that waits for a time-out instead of a cut is seen to. */
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(20);

  private static final JedisClientConfig CONNECTIONS =
      DefaultJedisClientConfig.builder()
          .socketTimeoutMillis((int) SOCKET_TIMEOUT.toMillis())
          .build();

  private final RedisServers servers = RedisServers.open();
  private final RedisGroup group = servers.group(2);
  final RedisNode master = group.nodes().get(0);
  final RedisNode one = group.nodes().get(1);
  final RedisNode two = group.nodes().get(2);
  final HandFedSource source = HandFedSource.of(master, one, two);
  final Callers callers = new Callers();

  RedisFailoverClient client(Consumer<RedisFailoverClient.Builder> more) {
    RedisFailoverClient.Builder builder =
        RedisFailoverClient.builder()
            .nodes(group.addresses())
            .clientConfig(CONNECTIONS)
            .source(source);
    more.accept(builder);
    return builder.build();
  }

  RedisFailoverClient client() {
    return client(b -> {});
  }

  JedisFailoverPool pool(Consumer<JedisFailoverPool.Builder> more) {
    JedisFailoverPool.Builder builder =
        JedisFailoverPool.builder()
            .nodes(group.addresses())
            .clientConfig(CONNECTIONS)
            .source(source);
    more.accept(builder);
    return builder.build();
  }

  JedisFailoverPool pool() {
    return pool(b -> {});
  }

  void switchToOne() {
    one.promote();
    two.replicaOf(one);
    source.say(one, two);
  }

  void syncReplicas() {
    group.awaitReplicated();
  }

  /** Opens connections to the master, with GET as their last command; the pool keeps them. */
  static void warmUp(RedisFailoverClient redis, int connections) {
    List<AbstractTransaction> open = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      open.add(redis.transaction(false));
    }
    open.forEach(held -> held.get("warm-up"));
    open.forEach(AbstractTransaction::close);
  }

  /** Ends what {@link #warmUp} opened; the client has yet to notice. */
  static void cutWarm(RedisNode node) {
    node.command("CLIENT", "LIST", "TYPE", "normal")
        .toString()
        .lines()
        .filter(line -> line.contains(" cmd=get "))
        .map(line -> line.replaceFirst("id=(\\d+) .*", "$1"))
        .forEach(id -> node.command("CLIENT", "KILL", "ID", id));
  }

  @Override
  public void close() {
    callers.close();
    servers.close();
  }
}
