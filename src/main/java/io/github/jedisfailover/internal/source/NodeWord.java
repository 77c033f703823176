package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.monitor.core.InfoReport;
import io.github.jedisfailover.internal.monitor.wire.InfoParser;

/**
 * What a node says of itself.
 *
 * @param formerHistory {@code master_replid2}: whose copy a promoted replica was; empty if none
 */
record NodeWord(InfoReport info, String formerHistory) {
  private static final String FORMER = "master_replid2:";

  static NodeWord parse(String text) {
    String former =
        text.lines()
            .filter(l -> l.startsWith(FORMER))
            .map(l -> l.substring(FORMER.length()).trim())
            .filter(id -> !id.matches("0*"))
            .findFirst()
            .orElse("");
    return new NodeWord(InfoParser.parse(text), former);
  }

  boolean master() {
    return info.master();
  }

  String history() {
    return info.data().history();
  }

  /** Whether it holds this history, or goes on from it. */
  boolean descendsFrom(String history) {
    return !history.isEmpty() && (history.equals(history()) || history.equals(formerHistory));
  }
}
