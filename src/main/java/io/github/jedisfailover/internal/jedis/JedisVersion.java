package io.github.jedisfailover.internal.jedis;

import io.github.jedisfailover.exceptions.UnsupportedJedisException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Enumeration;
import java.util.Properties;

/** The release of Jedis that this library runs with, and the one that it needs. */
public final class JedisVersion {
  /** The oldest release that will do; the build checks that it is the one compiled against. */
  public static final String NEEDED = "8.0.2";

  /** Only Jedis 8 has it. */
  public static final String MARKER = "redis.clients.jedis.commands.ArrayCommands";

  private static final String RELEASE = "META-INF/maven/redis.clients/jedis/pom.properties";

  private JedisVersion() {}

  /**
   * Does nothing if Jedis 8 is there.
   *
   * @throws UnsupportedJedisException telling what was found, what is needed and what to write
   */
  public static void check() {
    check(JedisVersion.class.getClassLoader());
  }

  static void check(ClassLoader loader) {
    if (loader.getResource(MARKER.replace('.', '/') + ".class") == null) {
      throw new UnsupportedJedisException(found(loader), NEEDED);
    }
  }

  /** The class itself may come from elsewhere than the first file of that name: better none. */
  private static String found(ClassLoader loader) {
    try {
      Enumeration<URL> files = loader.getResources(RELEASE);
      URL file = files.hasMoreElements() ? files.nextElement() : null;
      return file == null || files.hasMoreElements() ? "unknown" : version(file);
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String version(URL file) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = file.openStream()) {
      properties.load(in);
    }
    return properties.getProperty("version", "unknown");
  }
}
