package io.github.jedisfailover.internal.cli;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change of the master that was made.
 *
 * @param from empty if the old one was not known
 * @param notFollowing nodes that do not follow the new master yet
 */
record Change(
    String command,
    String group,
    Optional<NodeAddress> from,
    NodeAddress to,
    GapProbe.Gap gap,
    List<NodeAddress> notFollowing) {
  void tell(Terminal terminal, boolean json) {
    if (json) {
      terminal.out().println(Json.text(json()));
    } else {
      String text =
          group
              + ": "
              + from.map(NodeAddress::toString).orElse("no master")
              + " -> "
              + to
              + " in "
              + gap.tookMillis()
              + " ms; "
              + gap.words();
      terminal.out().println(Wrapped.text(text, "", "  "));
      notFollowing.forEach(
          n ->
              terminal
                  .out()
                  .println(
                      terminal.doubtful(
                          Wrapped.text(
                              n
                                  + " does not follow yet; when it is back, before clients write"
                                  + " to it: REPLICAOF "
                                  + to.host()
                                  + " "
                                  + to.port(),
                              "! ",
                              "  "))));
    }
    terminal.out().flush();
  }

  private Map<String, Object> json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("command", command);
    all.put("group", group);
    all.put("status", Exit.FINE);
    all.put("from", from.map(NodeAddress::toString).orElse(null));
    all.put("to", to.toString());
    all.put("tookMillis", gap.tookMillis());
    all.put("gapMillis", gap.measured());
    if (!gap.refusal().isEmpty()) {
      all.put("gapNotMeasured", gap.refusal());
    }
    all.put("notFollowing", notFollowing.stream().map(NodeAddress::toString).toList());
    return all;
  }
}
