package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What one voter announces, in Sentinel's words; pure.
 *
 * @param group name of the master group
 * @param promoted the new master, if it is about one
 * @param trouble whether it is about the master's health, which a failover may follow
 */
record VoterEvent(String group, Optional<NodeAddress> promoted, boolean trouble) {
  static final String SWITCHED = "+switch-master";
  static final String PROMOTED = "+promoted-slave";

  private static final List<String> CHANNELS =
      List.of(
          SWITCHED,
          PROMOTED,
          "+failover-end",
          "+odown",
          "+sdown",
          "-sdown",
          "+slave",
          "+convert-to-slave",
          "+slave-reconf-done");

  /** The channels that matter to one who looks for the master and its replicas. */
  static String[] channels() {
    return CHANNELS.toArray(String[]::new);
  }

  /** Empty if it is about another voter, or not in Sentinel's form. */
  static Optional<VoterEvent> of(String channel, String payload) {
    List<String> words = Arrays.asList(payload.split(" "));
    if (channel.equals(SWITCHED)) {
      return words.size() == 5
          ? Optional.of(new VoterEvent(words.get(0), address(words, 3), false))
          : Optional.empty();
    }
    Optional<NodeAddress> promoted =
        channel.equals(PROMOTED) ? address(words, 2) : Optional.empty();
    boolean trouble = words.get(0).equals("master");
    return group(words).map(group -> new VoterEvent(group, promoted, trouble));
  }

  /** {@code master NAME ...}, or {@code slave NAME IP PORT @ GROUP ...}. */
  private static Optional<String> group(List<String> words) {
    return switch (words.get(0)) {
      case "master" -> word(words, 1);
      case "slave" -> word(words, 4).filter("@"::equals).flatMap(at -> word(words, 5));
      default -> Optional.empty();
    };
  }

  private static Optional<String> word(List<String> words, int at) {
    return at < words.size() ? Optional.of(words.get(at)) : Optional.empty();
  }

  private static Optional<NodeAddress> address(List<String> words, int at) {
    try {
      return Optional.of(new NodeAddress(words.get(at), Integer.parseInt(words.get(at + 1))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
