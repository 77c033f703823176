package io.github.jedisfailover.foreign;

import io.github.jedisfailover.topology.NodeAddress;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.masterreplica.MasterReplica;
import java.time.Duration;
import java.util.stream.Collectors;
import org.redisson.Redisson;
import org.redisson.api.RBucket;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;
import org.redisson.config.SubscriptionMode;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisSentinelPool;
import redis.clients.jedis.RedisSentinelClient;

/** Libraries in this JVM, with their defaults but for shorter time-outs. */
enum JavaClient implements Client {
  JEDIS {
    @Override
    Session connect(Place place) {
      RedisSentinelClient jedis =
          RedisSentinelClient.builder()
              .masterName(place.master())
              .sentinels(
                  place.sentinels().stream()
                      .map(a -> new HostAndPort(a.host(), a.port()))
                      .collect(Collectors.toSet()))
              .build();
      return new Session(jedis::set, jedis::get, jedis::close);
    }
  },

  JEDIS_SENTINEL_POOL {
    @Override
    Session connect(Place place) {
      JedisSentinelPool pool =
          new JedisSentinelPool(
              place.master(),
              place.sentinels().stream().map(NodeAddress::toString).collect(Collectors.toSet()));
      return new Session(
          (key, value) -> {
            try (Jedis jedis = pool.getResource()) {
              jedis.set(key, value);
            }
          },
          key -> {
            try (Jedis jedis = pool.getResource()) {
              return jedis.get(key);
            }
          },
          pool::close);
    }
  },

  LETTUCE {
    @Override
    Session connect(Place place) {
      RedisURI.Builder uri =
          RedisURI.builder().withSentinelMasterId(place.master()).withTimeout(TIMEOUT);
      place.sentinels().forEach(a -> uri.withSentinel(a.host(), a.port()));
      RedisClient client = RedisClient.create();
      StatefulRedisConnection<String, String> connection =
          MasterReplica.connect(client, StringCodec.UTF8, uri.build());
      return new Session(
          connection.sync()::set,
          connection.sync()::get,
          () -> {
            connection.close();
            client.shutdown();
          });
    }
  },

  REDISSON {
    @Override
    Session connect(Place place) {
      Config config = new Config();
      config
          .useSentinelServers()
          .setMasterName(place.master())
          .setTimeout((int) TIMEOUT.toMillis())
          .setReadMode(ReadMode.MASTER)
          .setSubscriptionMode(SubscriptionMode.MASTER)
          .addSentinelAddress(
              place.sentinels().stream().map(JavaClient::uri).toArray(String[]::new));
      RedissonClient redisson = Redisson.create(config);
      return new Session(
          (key, value) -> bucket(redisson, key).set(value),
          key -> bucket(redisson, key).get(),
          redisson::shutdown);
    }
  };

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** A connected client. */
  record Session(Write write, Read read, Runnable end) {
    interface Write {
      void set(String key, String value);
    }

    interface Read {
      String get(String key);
    }
  }

  abstract Session connect(Place place);

  private static String uri(NodeAddress address) {
    return "redis://" + address.host() + ":" + address.port();
  }

  private static RBucket<String> bucket(RedissonClient redisson, String key) {
    return redisson.getBucket(key, org.redisson.client.codec.StringCodec.INSTANCE);
  }

  @Override
  public String missing() {
    return "";
  }

  @Override
  public Loop start(Place place) {
    return new JavaLoop(connect(place), place.key());
  }
}
