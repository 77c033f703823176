package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.MonitorConfig;
import redis.clients.jedis.DefaultJedisClientConfig;

/** What the voters of an application want of those who connect, other voters and observers. */
public final class VoterLogin {
  private VoterLogin() {}

  /**
   * A client's settings with the voters' password, and with TLS if they speak it. Jedis then checks
   * that the voter's certificate was made for the host that is connected to.
   */
  public static DefaultJedisClientConfig.Builder of(MonitorConfig config) {
    DefaultJedisClientConfig.Builder login =
        DefaultJedisClientConfig.builder().password(config.listener().requirePass().orElse(null));
    config.voterTls().ifPresent(tls -> login.ssl(true).sslSocketFactory(tls.getSocketFactory()));
    return login;
  }
}
