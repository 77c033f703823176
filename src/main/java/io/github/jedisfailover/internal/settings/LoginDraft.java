package io.github.jedisfailover.internal.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.HostAndPortMapper;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisCredentials;
import redis.clients.jedis.SslVerifyMode;

/** How to connect, to the nodes and to the Sentinels, as far as it was set by name. */
final class LoginDraft {
  final List<Consumer<DefaultJedisClientConfig.Builder>> changes = new ArrayList<>();
  final StoresDraft stores = new StoresDraft("");
  String user;
  String password;
  String sentinelUser;
  String sentinelPassword;
  Boolean tls;
  Boolean sentinelTls;
  SslVerifyMode verify;
  HostAndPortMapper mapper;

  /** On top of what the application configured. */
  JedisClientConfig nodes(JedisClientConfig given) {
    check();
    DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder().from(given);
    changes.forEach(c -> c.accept(config));
    login(config, given, user, password);
    tls(config, tls);
    if (mapper != null) {
      config.hostAndPortMapper(mapper);
    }
    return config.build();
  }

  /** On top of what the application configured for the Sentinels. */
  JedisClientConfig sentinels(JedisClientConfig given) {
    DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder().from(given);
    login(config, given, sentinelUser, sentinelPassword);
    tls(config, sentinelTls);
    return config.build();
  }

  /** A name that means nothing without Sentinels. */
  Optional<String> sentinelSetting() {
    if (sentinelPassword != null) {
      return Optional.of("sentinelPassword");
    }
    return Boolean.TRUE.equals(sentinelTls) ? Optional.of("sentinelTls") : Optional.empty();
  }

  /** A password alone is that of the user whom the application named. */
  private static void login(
      DefaultJedisClientConfig.Builder config,
      JedisClientConfig given,
      String user,
      String password) {
    if (password != null) {
      String who = user == null ? given.getUser() : user;
      RedisCredentials credentials = new DefaultRedisCredentials(who, password);
      config.user(who).password(password).credentialsProvider(() -> credentials);
    }
  }

  /** TLS that was switched on alone is that which the application configured, if it did. */
  private void tls(DefaultJedisClientConfig.Builder config, Boolean on) {
    if (on == null) {
      return;
    }
    config.ssl(on);
    if (!on) {
      config.sslOptions(null); // to have some means TLS too
    } else if (stores.isSet() || verify != null) {
      stores.context(); // or a wrong file would be known only when nothing connects
      SslVerifyMode mode = verify == null ? SslVerifyMode.FULL : verify;
      config.sslOptions(stores.options().sslVerifyMode(mode).build());
    }
  }

  private void check() {
    Needs.check("password", password, "user", user);
    Needs.check("sentinelPassword", sentinelPassword, "sentinelUser", sentinelUser);
    stores.check();
    boolean on = Boolean.TRUE.equals(tls) || Boolean.TRUE.equals(sentinelTls);
    Object any = on ? Boolean.TRUE : null;
    stores.need("tls or sentinelTls", any);
    Needs.check("tls or sentinelTls", any, "tlsVerify", verify);
  }
}
