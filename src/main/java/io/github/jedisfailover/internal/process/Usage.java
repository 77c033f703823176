package io.github.jedisfailover.internal.process;

import java.util.List;
import java.util.Set;

/** What the program says about itself. */
final class Usage {
  private static final Set<String> VERSION = Set.of("-v", "--version");
  private static final Set<String> HELP = Set.of("-h", "--help");

  private Usage() {}

  /** Whether that was all that was asked for. */
  static boolean shown(List<String> arguments) {
    String first = arguments.size() == 1 ? arguments.get(0) : "";
    if (VERSION.contains(first)) {
      System.out.println(
          "Redis server v="
              + SentinelProcess.REDIS_VERSION
              + " sha=00000000:0 malloc=jvm bits=64 build=jedis-failover-"
              + version());
    } else if (HELP.contains(first)) {
      System.out.print(
          """
          Usage: jedis-failover-sentinel /path/to/sentinel.conf [options] [-]
                 jedis-failover-sentinel -v or --version
                 jedis-failover-sentinel -h or --help

          Examples:
                 jedis-failover-sentinel /etc/sentinel.conf
                 jedis-failover-sentinel /etc/sentinel.conf --port 7777 --loglevel verbose
          """);
    } else {
      return false;
    }
    return true;
  }

  /** The line of the log that tells who runs. */
  static String started() {
    return "Redis version="
        + SentinelProcess.REDIS_VERSION
        + ", bits=64, commit=00000000, modified=0, pid="
        + ProcessHandle.current().pid()
        + ", just started (jedis-failover "
        + version()
        + ")";
  }

  private static String version() {
    String version = Usage.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
