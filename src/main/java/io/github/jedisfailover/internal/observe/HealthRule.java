package io.github.jedisfailover.internal.observe;

import io.github.jedisfailover.health.HealthReport;
import io.github.jedisfailover.health.HealthStatus;
import io.github.jedisfailover.health.NodeHealth;
import io.github.jedisfailover.health.VoterHealth;
import io.github.jedisfailover.internal.source.Opinions;
import io.github.jedisfailover.metrics.PoolFigures;
import io.github.jedisfailover.topology.NodeRole;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How a client is; pure. One per report. */
final class HealthRule {
  /** A master that answered a call so lately is there, whatever the monitor sees. */
  private static final long JUST_NANOS = 1_000_000_000L;

  private final Seen seen;
  private final List<String> down = new ArrayList<>();
  private final List<String> degraded = new ArrayList<>();

  private HealthRule(Seen seen) {
    this.seen = seen;
  }

  /**
   * What there is to judge.
   *
   * @param sinceWriteNanos how long ago the master answered a call; negative if it never did
   */
  record Seen(
      String client,
      String masterName,
      Instant at,
      boolean closed,
      TopologySnapshot topology,
      Opinions opinions,
      List<PoolFigures> pools,
      long sinceWriteNanos) {}

  static HealthReport judge(Seen seen) {
    return new HealthRule(seen).report();
  }

  private HealthReport report() {
    judgeMaster();
    judgeReplicas();
    judgeVoters();
    List<String> reasons = new ArrayList<>(down);
    reasons.addAll(degraded);
    return new HealthReport(
        seen.client(),
        seen.masterName(),
        seen.at(),
        !down.isEmpty()
            ? HealthStatus.DOWN
            : degraded.isEmpty() ? HealthStatus.UP : HealthStatus.DEGRADED,
        reasons,
        seen.topology().version().configEpoch(),
        seen.topology().nodes().stream()
            .sorted(Comparator.comparing(NodeView::role).thenComparing(NodeView::address))
            .map(this::node)
            .toList(),
        seen.opinions().voters().stream().map(HealthRule::voter).toList());
  }

  private void judgeMaster() {
    Optional<NodeView> master = seen.topology().master();
    if (seen.closed()) {
      down.add("The client is closed.");
    } else if (master.isEmpty()) {
      down.add(
          "No master of group '"
              + seen.masterName()
              + "' is known: writes wait until callTimeout and then fail. See that a node runs,"
              + " answers from here and says role:master (INFO replication).");
    } else if (!master.get().reachable()) {
      String node = "Master " + master.get().address() + " does not answer the monitor";
      if (isWriting()) {
        degraded.add(node + ", but still answers calls: look at the network between the two.");
      } else {
        down.add(node + ": writes wait for it or for a new master. " + outlook());
      }
    }
  }

  private boolean isWriting() {
    return seen.sinceWriteNanos() >= 0 && seen.sinceWriteNanos() < JUST_NANOS;
  }

  private String outlook() {
    if (seen.opinions().voters().isEmpty()) {
      return "Nobody votes here: bring it back, or promote a replica by hand.";
    }
    return voting() < needed()
        ? "Too few voters answer for a failover: bring them back."
        : "The voters decide after downAfter.";
  }

  private void judgeReplicas() {
    List<NodeView> replicas = seen.topology().replicas();
    if (seen.closed() || replicas.stream().anyMatch(NodeView::fitForReads)) {
      return;
    }
    String what = replicas.isEmpty() ? "No replica is known" : "No replica is fit";
    List<String> why = replicas.stream().map(r -> r.address() + " " + stateOf(r)).toList();
    degraded.add(
        what
            + (why.isEmpty() ? "" : " (" + String.join("; ", why) + ")")
            + ": a failover has no candidate, and only the master can serve reads. Start a replica"
            + " or mend its replication.");
  }

  private void judgeVoters() {
    List<Opinions.Voter> voters = seen.opinions().voters();
    if (voters.isEmpty() || seen.closed()) {
      return;
    }
    for (Opinions.Voter voter : voters) {
      if (!voter.answers()) {
        degraded.add(
            "Voter "
                + voter.address()
                + " "
                + voter.says()
                + ": see that its process runs and its port can be reached from here.");
      } else if (!voter.votes()) {
        degraded.add("Voter " + voter.address() + " gives no vote: " + voter.says() + ".");
      }
    }
    String count = voting() + " of " + voters.size() + " voters can vote, " + needed();
    if (voting() < needed()) {
      degraded.add(count + " are needed: a master that dies now is not replaced.");
    } else if (voting() == needed() && voting() < voters.size()) {
      degraded.add(count + " are needed: quorum is at risk, none may be lost any more.");
    }
  }

  private long voting() {
    return seen.opinions().voters().stream().filter(v -> v.answers() && v.votes()).count();
  }

  /** The quorum finds the master down, a majority elects who replaces it. */
  private long needed() {
    int voters = seen.opinions().voters().size();
    return Math.max(seen.opinions().quorum(), voters / 2 + 1);
  }

  private NodeHealth node(NodeView node) {
    HealthStatus status = HealthStatus.UP;
    if (!node.reachable()) {
      status = HealthStatus.DOWN;
    } else if (!node.fitForReads()) {
      status = HealthStatus.DEGRADED;
    }
    String pool =
        seen.pools().stream()
            .filter(p -> p.node().equals(node.address()) && p.role() == node.role())
            .findFirst()
            .map(HealthRule::text)
            .orElse("no pool");
    return new NodeHealth(node.address(), node.role(), status, stateOf(node) + "; " + pool);
  }

  private static String text(PoolFigures p) {
    String most = p.max() < 0 ? "" : " of at most " + p.max();
    return p.used()
        + " connections in use, "
        + p.idle()
        + " idle"
        + most
        + ", "
        + p.pending()
        + " callers wait";
  }

  private static String stateOf(NodeView node) {
    if (!node.reachable()) {
      return "does not answer";
    }
    if (node.role() == NodeRole.MASTER) {
      return "answers";
    }
    if (node.syncing()) {
      return "gets its first copy";
    }
    return node.linkUp() ? "follows the master" : "has no link to the master, or follows another";
  }

  private static VoterHealth voter(Opinions.Voter voter) {
    HealthStatus status =
        !voter.answers()
            ? HealthStatus.DOWN
            : voter.votes() ? HealthStatus.UP : HealthStatus.DEGRADED;
    return new VoterHealth(voter.address(), voter.self(), status, voter.says());
  }
}
