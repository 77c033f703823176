package io.github.jedisfailover.internal.monitor.net;

import java.util.function.Supplier;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.HostAndPortMapper;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisCredentials;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.authentication.AuthXManager;

/**
 * The application's credentials and TLS settings with the monitor's own name, timeouts and
 * protocol. A dedicated connection speaks plain RESP2 and selects no database, as Sentinel's.
 */
public final class LinkConfig implements JedisClientConfig {
  private final JedisClientConfig user;
  private final String clientName;
  private final int connectMillis;
  private final int socketMillis;

  /** Timeouts in milliseconds. */
  public LinkConfig(
      JedisClientConfig user, String clientName, int connectMillis, int socketMillis) {
    this.user = user;
    this.clientName = clientName;
    this.connectMillis = connectMillis;
    this.socketMillis = socketMillis;
  }

  /** As Sentinel names its connections: people find them in CLIENT LIST. */
  static String clientName(String myId, String purpose) {
    return "sentinel-" + myId.substring(0, 8) + "-" + purpose;
  }

  @Override
  public RedisProtocol getRedisProtocol() {
    return null;
  }

  /** Without HELLO: a node that is loading answers AUTH and PING, and old nodes know no HELLO. */
  @Override
  public boolean isAutoNegotiateProtocol() {
    return false;
  }

  @Override
  public int getConnectionTimeoutMillis() {
    return connectMillis;
  }

  @Override
  public int getSocketTimeoutMillis() {
    return socketMillis;
  }

  @Override
  public int getBlockingSocketTimeoutMillis() {
    return socketMillis;
  }

  @Override
  public String getUser() {
    return user.getUser();
  }

  @Override
  public String getPassword() {
    return user.getPassword();
  }

  @Override
  public Supplier<RedisCredentials> getCredentialsProvider() {
    return user.getCredentialsProvider();
  }

  @Override
  public AuthXManager getAuthXManager() {
    return user.getAuthXManager();
  }

  @Override
  public String getClientName() {
    return clientName;
  }

  @Override
  public boolean isSsl() {
    return user.isSsl();
  }

  @Override
  @Deprecated
  public SSLSocketFactory getSslSocketFactory() {
    return user.getSslSocketFactory();
  }

  @Override
  @Deprecated
  public SSLParameters getSslParameters() {
    return user.getSslParameters();
  }

  @Override
  public SslOptions getSslOptions() {
    return user.getSslOptions();
  }

  @Override
  public HostnameVerifier getHostnameVerifier() {
    return user.getHostnameVerifier();
  }

  @Override
  public HostAndPortMapper getHostAndPortMapper() {
    return user.getHostAndPortMapper();
  }

  @Override
  public ClientSetInfoConfig getClientSetInfoConfig() {
    return ClientSetInfoConfig.DISABLED;
  }
}
