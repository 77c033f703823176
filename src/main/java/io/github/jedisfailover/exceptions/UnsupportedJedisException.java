package io.github.jedisfailover.exceptions;

/**
 * The Jedis on the class path is older than this library needs. The usual reason is a dependency
 * management that pins it, Spring Boot's for one; the message tells what to write. Unlike the
 * others here no outcome of a call, hence no {@code JedisException}.
 */
public class UnsupportedJedisException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final String found;
  private final String needed;

  /**
   * With a message that tells what to do.
   *
   * @param found the release on the class path, or {@code unknown}
   * @param needed the oldest release that will do
   */
  public UnsupportedJedisException(String found, String needed) {
    super(
        "Jedis Failover needs Jedis "
            + needed
            + " or later, on the class path is "
            + release(found)
            + ". "
            + remedy(needed));
    this.found = found;
    this.needed = needed;
  }

  private static String release(String found) {
    return found.equals("unknown") ? "an older one" : "Jedis " + found;
  }

  private static String remedy(String needed) {
    return "If Spring Boot's dependency management chose it, write <jedis.version>"
        + needed
        + "</jedis.version> in the <properties> of pom.xml (Maven) or ext['jedis.version'] = '"
        + needed
        + "' in build.gradle (Gradle); else require redis.clients:jedis:"
        + needed
        + " yourself.";
  }

  /**
   * The release on the class path.
   *
   * @return the release, or {@code unknown}
   */
  public String found() {
    return found;
  }

  /**
   * The oldest release that will do.
   *
   * @return the release
   */
  public String needed() {
    return needed;
  }

  /**
   * What to write, and where.
   *
   * @return one sentence
   */
  public String remedy() {
    return remedy(needed);
  }
}
