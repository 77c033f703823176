package io.github.jedisfailover.internal.lag;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a node says of its replication.
 *
 * @param kind what it is
 * @param position what it has run
 * @param former its earlier history, which this one continues; empty if there is none
 * @param formerUntil offset at which the earlier history ends, itself not included
 */
public record Progress(Kind kind, Position position, String former, long formerUntil) {
  /** What the node is at that moment. */
  public enum Kind {
    MASTER,
    /** A replica with its link up. */
    IN_STEP,
    /** A replica without a link, which keeps the data it has. */
    CUT_OFF,
    /** A replica that gets a new copy of all data. */
    SYNCING
  }

  /** Reads the section {@code replication} of INFO; empty if the server is older than Redis 4. */
  public static Optional<Progress> parse(String info) {
    Map<String, String> fields = new HashMap<>();
    for (String line : info.split("\r?\n")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    try {
      Kind kind = kind(fields);
      String offset = kind == Kind.MASTER ? "master_repl_offset" : "slave_repl_offset";
      String history = fields.get("master_replid");
      if (history == null) {
        return Optional.empty();
      }
      return Optional.of(
          new Progress(
              kind,
              new Position(history, Long.parseLong(fields.get(offset))),
              fields.getOrDefault("master_replid2", ""),
              Long.parseLong(fields.getOrDefault("second_repl_offset", "-1"))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Kind kind(Map<String, String> fields) {
    if ("master".equals(fields.get("role"))) {
      return Kind.MASTER;
    }
    if (!"0".equals(fields.get("master_sync_in_progress"))) {
      return Kind.SYNCING;
    }
    return "up".equals(fields.get("master_link_status")) ? Kind.IN_STEP : Kind.CUT_OFF;
  }

  /** Whether this node has run all that the position stands for. */
  public boolean contains(Position wanted) {
    if (position.offset() < wanted.offset()) {
      return false;
    }
    // As masterTryPartialResync in Redis' replication.c: the end is the first offset not shared.
    return position.history().equals(wanted.history())
        || (former.equals(wanted.history()) && wanted.offset() < formerUntil);
  }
}
