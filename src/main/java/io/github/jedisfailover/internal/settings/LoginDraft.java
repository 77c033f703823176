package io.github.jedisfailover.internal.settings;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.HostAndPortMapper;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisCredentials;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/** How to connect, to the nodes and to the Sentinels, as far as it was set by name. */
final class LoginDraft {
  final List<Consumer<DefaultJedisClientConfig.Builder>> changes = new ArrayList<>();
  String user;
  String password;
  String sentinelUser;
  String sentinelPassword;
  boolean tls;
  boolean tlsSet;
  boolean sentinelTls;
  File trustStore;
  File keyStore;
  String trustStorePassword;
  String keyStorePassword;
  SslVerifyMode verify;
  HostAndPortMapper mapper;

  /** On top of what the application configured. */
  JedisClientConfig nodes(JedisClientConfig given) {
    check();
    DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder().from(given);
    changes.forEach(c -> c.accept(config));
    if (password != null) {
      RedisCredentials credentials = new DefaultRedisCredentials(user, password);
      config.user(user).password(password).credentialsProvider(() -> credentials);
    }
    if (tlsSet) {
      tls(config, tls);
    }
    if (mapper != null) {
      config.hostAndPortMapper(mapper);
    }
    return config.build();
  }

  /** On top of what the application configured for the Sentinels. */
  JedisClientConfig sentinels(JedisClientConfig given) {
    DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder().from(given);
    if (sentinelPassword != null) {
      RedisCredentials credentials = new DefaultRedisCredentials(sentinelUser, sentinelPassword);
      config.user(sentinelUser).password(sentinelPassword).credentialsProvider(() -> credentials);
    }
    if (sentinelTls) {
      tls(config, true);
    }
    return config.build();
  }

  private void tls(DefaultJedisClientConfig.Builder config, boolean on) {
    config.ssl(on).sslOptions(null);
    if (on && (trustStore != null || keyStore != null || verify != null)) {
      SslOptions.Builder options = SslOptions.builder();
      options.sslVerifyMode(verify == null ? SslVerifyMode.FULL : verify);
      if (trustStore != null) {
        options.truststore(trustStore, chars(trustStorePassword));
      }
      if (keyStore != null) {
        options.keystore(keyStore, chars(keyStorePassword));
      }
      config.sslOptions(options.build());
    }
  }

  private static char[] chars(String password) {
    return password == null ? null : password.toCharArray();
  }

  private void check() {
    needs("password", password, "user", user);
    needs("sentinelPassword", sentinelPassword, "sentinelUser", sentinelUser);
    needs("trustStore", trustStore, "trustStorePassword", trustStorePassword);
    needs("keyStore", keyStore, "keyStorePassword", keyStorePassword);
    Object on = tls || sentinelTls ? Boolean.TRUE : null;
    needs("tls or sentinelTls", on, "trustStore", trustStore);
    needs("tls or sentinelTls", on, "keyStore", keyStore);
    needs("tls or sentinelTls", on, "tlsVerify", verify);
  }

  private static void needs(String needed, Object there, String by, Object given) {
    if (given != null && there == null) {
      throw new IllegalArgumentException(needed + " must be set when " + by + " is, was not set");
    }
  }
}
