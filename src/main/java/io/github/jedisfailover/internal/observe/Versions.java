package io.github.jedisfailover.internal.observe;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import org.apache.commons.pool2.impl.GenericObjectPool;
import redis.clients.jedis.RedisClient;

/** What runs here. */
final class Versions {
  private static final String UNKNOWN = "unknown";

  private Versions() {}

  static List<String> all() {
    return List.of(
        "jedis-failover " + of(Versions.class, "io.github.jedisfailover/jedis-failover"),
        "jedis " + of(RedisClient.class, "redis.clients/jedis"),
        "commons-pool2 " + of(GenericObjectPool.class, "org.apache.commons/commons-pool2"),
        "Java "
            + System.getProperty("java.version")
            + " ("
            + System.getProperty("java.vm.name")
            + "), "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " processors");
  }

  /** As Maven notes it in each jar; unknown if the classes do not come from one. */
  private static String of(Class<?> member, String artifact) {
    String file = "/META-INF/maven/" + artifact + "/pom.properties";
    try (InputStream in = member.getResourceAsStream(file)) {
      if (in != null) {
        Properties properties = new Properties();
        properties.load(in);
        return properties.getProperty("version", UNKNOWN);
      }
    } catch (IOException e) {
      return UNKNOWN;
    }
    String version = member.getPackage().getImplementationVersion();
    return version == null ? UNKNOWN : version;
  }
}
