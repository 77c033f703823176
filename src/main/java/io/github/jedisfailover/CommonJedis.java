package io.github.jedisfailover;

import io.github.jedisfailover.internal.execution.CallContext;
import io.github.jedisfailover.internal.execution.Subscription;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.CommandKeyArgumentPreProcessor;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.JedisShardedPubSub;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.csc.Cache;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.json.JsonObjectMapper;
import redis.clients.jedis.providers.ConnectionProvider;

/** What a client, its views and its sessions have in common; no cache. */
abstract class CommonJedis extends UnifiedJedis {
  private final CallContext context;
  private volatile CommandKeyArgumentPreProcessor keys;
  private volatile JsonObjectMapper mapper;
  private volatile int dialect;

  /**
   * @param context where subscriptions go
   */
  CommonJedis(
      CallContext context,
      CommandExecutor executor,
      ConnectionProvider provider,
      JedisClientConfig config) {
    super(executor, provider, config, (Cache) null);
    this.context = context;
  }

  /** A connection for one subscription, connected; to be closed when it ends. */
  private Connection subscription(Object listener) {
    return Subscription.open(context, listener);
  }

  /**
   * Subscribes and stays subscribed, through switches and broken connections, until the listener
   * unsubscribes from everything or this client is closed; then it returns. Channels that the
   * listener adds later are kept too. After an interruption {@code onSubscribe} is called anew, and
   * {@code onGap} if the listener is a {@link io.github.jedisfailover.event.GapListener}. Redis
   * keeps no messages: what is published in between is not delivered.
   *
   * <p>Holds a connection of the pool while it lasts.
   *
   * @param listener called in this thread
   * @param channels at least one
   * @throws io.github.jedisfailover.exceptions.MasterUnavailableException if no master was found at
   *     the start; once subscribed it goes on looking
   * @throws redis.clients.jedis.exceptions.JedisDataException if the server refuses the
   *     subscription, at any time
   */
  @Override
  public void subscribe(JedisPubSub listener, String... channels) {
    try (Connection subscription = subscription(listener)) {
      listener.proceed(subscription, channels);
    }
  }

  /** As {@link #subscribe(JedisPubSub, String...)}. */
  @Override
  public void psubscribe(JedisPubSub listener, String... patterns) {
    try (Connection subscription = subscription(listener)) {
      listener.proceedWithPatterns(subscription, patterns);
    }
  }

  /** As {@link #subscribe(JedisPubSub, String...)}. */
  @Override
  public void subscribe(BinaryJedisPubSub listener, byte[]... channels) {
    try (Connection subscription = subscription(listener)) {
      listener.proceed(subscription, channels);
    }
  }

  /** As {@link #subscribe(JedisPubSub, String...)}. */
  @Override
  public void psubscribe(BinaryJedisPubSub listener, byte[]... patterns) {
    try (Connection subscription = subscription(listener)) {
      listener.proceedWithPatterns(subscription, patterns);
    }
  }

  /**
   * As {@link #subscribe(JedisPubSub, String...)}, to shard channels, for what is sent with {@code
   * SPUBLISH}. Needs Redis 7.0.
   *
   * @param listener called in this thread
   * @param channels at least one
   */
  public void ssubscribe(JedisShardedPubSub listener, String... channels) {
    try (Connection subscription = subscription(listener)) {
      listener.proceed(subscription, channels);
    }
  }

  @Override
  public void setKeyArgumentPreProcessor(CommandKeyArgumentPreProcessor processor) {
    keys = processor;
    super.setKeyArgumentPreProcessor(processor);
  }

  @Override
  public void setJsonObjectMapper(JsonObjectMapper jsonObjectMapper) {
    mapper = jsonObjectMapper;
    super.setJsonObjectMapper(jsonObjectMapper);
  }

  @Override
  public void setDefaultSearchDialect(int version) {
    dialect = version;
    super.setDefaultSearchDialect(version);
  }

  /** Has another object treat keys and values as this one does now. */
  final <T extends UnifiedJedis> T alike(T other) {
    if (keys != null) {
      other.setKeyArgumentPreProcessor(keys);
    }
    if (mapper != null) {
      other.setJsonObjectMapper(mapper);
    }
    if (dialect != 0) {
      other.setDefaultSearchDialect(dialect);
    }
    return other;
  }
}
