package io.github.jedisfailover.internal.cli;

import io.github.jedisfailover.internal.monitor.net.Connections;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Replies as texts. */
final class Replies {
  private Replies() {}

  /** None if it is no list. */
  static List<String> texts(Object reply) {
    return reply instanceof List<?> list
        ? list.stream().map(Connections::text).toList()
        : List.of();
  }

  /** A flat list of names and values. */
  static Map<String, String> pairs(Object reply) {
    List<String> flat = texts(reply);
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      pairs.put(flat.get(i), flat.get(i + 1));
    }
    return pairs;
  }

  /** A list of such lists. */
  static List<Map<String, String>> instances(Object reply) {
    List<Map<String, String>> all = new ArrayList<>();
    if (reply instanceof List<?> list) {
      list.forEach(item -> all.add(pairs(item)));
    }
    return all;
  }
}
