package io.github.jedisfailover.testsupport;

import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.LocalVoter;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;

/** What voters vote, and how often they carried something out. */
public final class Votes {
  private Votes() {}

  /** Asks for a vote on the death of this master, as a candidate does; returns whom it is for. */
  public static String ask(LocalVoter voter, RedisNode master, long epoch, String candidate) {
    NodeAddress a = master.address();
    Object answer =
        voter.ask("IS-MASTER-DOWN-BY-ADDR", a.host(), "" + a.port(), "" + epoch, candidate);
    return ((List<?>) answer).get(1).toString();
  }

  /** How often one voter has switched, the one that did it most often. */
  public static long mostSwitches(LocalMonitors monitors) {
    return monitors.voters().stream()
        .mapToLong(v -> v.events().stream().filter(e -> e.startsWith("+switch-master ")).count())
        .max()
        .orElse(0);
  }
}
