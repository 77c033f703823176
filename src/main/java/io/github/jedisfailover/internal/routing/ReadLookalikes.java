package io.github.jedisfailover.internal.routing;

import java.util.Set;

/** Commands that carry the READONLY flag and must stay on the master all the same. */
final class ReadLookalikes {
  /** A cursor, or the dump iterator that works like one, is only valid on the node that made it. */
  private static final Set<String> CURSORS =
      Set.of("SCAN", "HSCAN", "SSCAN", "ZSCAN", "BF.SCANDUMP", "CF.SCANDUMP", "FT.CURSOR");

  /** May wait on a pooled connection for data that reaches a replica late. */
  private static final Set<String> WAITING = Set.of("XREAD", "TS.READ");

  /** Tells about the node and not about the data, so answers would jump from call to call. */
  private static final Set<String> ABOUT_THE_NODE = Set.of("DBSIZE", "LOLWUT", "MEMORY");

  /** Changes something on the node that runs it, or its settings. */
  private static final Set<String> SIDE_EFFECTS =
      Set.of(
          "TOUCH",
          "READONLY",
          "CF.COMPACT",
          "BF.DEBUG",
          "CF.DEBUG",
          "JSON.DEBUG",
          "FT.CONFIG",
          "FT.PROFILE");

  /** SCRIPT LOAD is not replicated, so a replica answers NOSCRIPT. Functions are replicated. */
  private static final Set<String> NODE_LOCAL_SCRIPTS = Set.of("EVALSHA_RO");

  /** Administration of search and time series clusters, and debug twins of module commands. */
  private static final Set<String> PREFIXES = Set.of("_FT.", "SEARCH.CLUSTER", "TIMESERIES.");

  private ReadLookalikes() {}

  static boolean contains(String upperCaseName) {
    return CURSORS.contains(upperCaseName)
        || WAITING.contains(upperCaseName)
        || ABOUT_THE_NODE.contains(upperCaseName)
        || SIDE_EFFECTS.contains(upperCaseName)
        || NODE_LOCAL_SCRIPTS.contains(upperCaseName)
        || PREFIXES.stream().anyMatch(upperCaseName::startsWith);
  }
}
