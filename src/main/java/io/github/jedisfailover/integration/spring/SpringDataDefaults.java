package io.github.jedisfailover.integration.spring;

import java.util.Optional;
import javax.net.ssl.SSLParameters;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/**
 * What {@code spring.data.redis} says of connections and pool; the settings of {@code
 * jedis-failover} come on top of it.
 */
final class SpringDataDefaults {
  private final DataRedisProperties properties;
  private final DataRedisConnectionDetails details;

  /**
   * @param details user, password, database and SSL, also out of an URL or a container
   */
  SpringDataDefaults(DataRedisProperties properties, DataRedisConnectionDetails details) {
    this.properties = properties;
    this.details = details;
  }

  JedisClientConfig connections() {
    // Spring Data converts what RESP2 replies with.
    DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder().resp2();
    PropertyMapper map = PropertyMapper.get();
    map.from(details::getUsername).to(config::user);
    map.from(details::getPassword).to(config::password);
    config.database(database());
    map.from(properties::getTimeout).as(t -> (int) t.toMillis()).to(config::socketTimeoutMillis);
    map.from(properties::getConnectTimeout)
        .as(t -> (int) t.toMillis())
        .to(config::connectionTimeoutMillis);
    map.from(properties::getClientName).whenHasText().to(config::clientName);
    map.from(details::getSslBundle).to(bundle -> tls(config, bundle));
    return config.build();
  }

  private int database() {
    return Optional.ofNullable(details.getStandalone())
        .map(DataRedisConnectionDetails.Standalone::getDatabase)
        .orElseGet(properties::getDatabase);
  }

  private static void tls(DefaultJedisClientConfig.Builder config, SslBundle bundle) {
    SslOptions options = bundle.getOptions();
    SSLParameters parameters = new SSLParameters(options.getCiphers());
    parameters.setProtocols(options.getEnabledProtocols());
    // Parameters of one's own switch Jedis' check of the host name off.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    config
        .ssl(true)
        .sslSocketFactory(bundle.createSslContext().getSocketFactory())
        .sslParameters(parameters);
  }

  GenericObjectPoolConfig<Connection> pool() {
    ConnectionPoolConfig config = new ConnectionPoolConfig();
    DataRedisProperties.Pool pool = properties.getJedis().getPool();
    config.setMaxTotal(pool.getMaxActive());
    config.setMaxIdle(pool.getMaxIdle());
    config.setMinIdle(pool.getMinIdle());
    PropertyMapper map = PropertyMapper.get();
    map.from(pool::getMaxWait).to(config::setMaxWait);
    map.from(pool::getTimeBetweenEvictionRuns).to(config::setTimeBetweenEvictionRuns);
    return config;
  }
}
