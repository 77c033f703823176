package io.github.jedisfailover.internal.monitor.core;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Optional;

/** What an operator asks for by a {@code SENTINEL} subcommand that changes something. */
public sealed interface Order {
  /** A failover without ODOWN and without an election. */
  record Failover(String master) implements Order {}

  /**
   * A failover that is only done if it loses nothing: with a healthy master, the votes of a
   * majority, and a server that can pause its writes. Answered when it has ended.
   *
   * @param to the replica to promote; empty for the best one
   */
  record Switchover(String master, Optional<NodeAddress> to) implements Order {}

  /** Forget what was discovered of these masters; unknown names do not count. */
  record Reset(List<String> masters) implements Order {
    public Reset {
      masters = List.copyOf(masters);
    }
  }

  /**
   * Watch one more master, with the default times.
   *
   * @param host an IP address, or a name that the driver has resolved and told by {@link
   *     CoreInput.HostResolved}
   */
  record Monitor(String master, String host, int port, int quorum) implements Order {}

  record Remove(String master) implements Order {}

  /**
   * {@code SENTINEL SET}.
   *
   * @param words options and their values, as given
   * @param executable those of the words that name an executable file
   */
  record Set(String master, List<String> words, List<String> executable) implements Order {
    public Set {
      words = List.copyOf(words);
      executable = List.copyOf(executable);
    }

    /** Without the words: they may hold a password. */
    @Override
    public String toString() {
      return "Set[" + master + "]";
    }
  }

  record FlushConfig() implements Order {}

  /**
   * {@code SENTINEL CONFIG SET}: all of it or nothing.
   *
   * @param words options and their values, as given
   */
  record ConfigSet(List<String> words) implements Order {
    public ConfigSet {
      words = List.copyOf(words);
    }

    /** Without the words: they may hold a password. */
    @Override
    public String toString() {
      return "ConfigSet";
    }
  }

  /** {@code SENTINEL DEBUG} with at least one word. */
  record Debug(List<String> words) implements Order {
    public Debug {
      words = List.copyOf(words);
    }
  }

  /** Replaces the simulated failures; bits of {@link Simulated}. */
  record SimulateFailure(int flags) implements Order {}
}
