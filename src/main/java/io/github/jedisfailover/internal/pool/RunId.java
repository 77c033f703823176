package io.github.jedisfailover.internal.pool;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the identity of a server process out of its INFO. */
final class RunId {
  private static final Pattern LINE = Pattern.compile("(?m)^run_id:(\\w+)");

  private RunId() {}

  /** Empty if there is none: servers that are not Redis. */
  static String in(String info) {
    Matcher line = LINE.matcher(info == null ? "" : info);
    return line.find() ? line.group(1) : "";
  }
}
