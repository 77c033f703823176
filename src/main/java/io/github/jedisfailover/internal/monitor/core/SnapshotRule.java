package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Times.NEVER;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeRole;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.util.ArrayList;
import java.util.List;

/** What clients in this JVM are told of a group, and when. */
final class SnapshotRule {
  private final CoreState s;

  SnapshotRule(CoreState state) {
    this.s = state;
  }

  void publishIfChanged(Group g) {
    if (g.nodes().stream().allMatch(n -> n.infoAt == NEVER)) {
      return; // nothing but hearsay so far
    }
    List<NodeView> nodes = new ArrayList<>();
    NodeAddress current = g.currentMaster();
    for (RedisNode n : g.nodes().stream().filter(x -> x.member).toList()) {
      nodes.add(n.address().equals(current) ? master(n) : replica(g, n, current));
    }
    long sequence = g.published.version().sequence() + 1;
    TopologySnapshot next =
        new TopologySnapshot(new TopologySnapshot.Version(g.configEpoch, sequence), nodes);
    boolean same =
        next.nodes().equals(g.published.nodes())
            && g.configEpoch == g.published.version().configEpoch();
    if (!same) {
      g.published = next;
      s.act(new CoreAction.PublishTopology(g.name(), next));
    }
  }

  /** Shown as lost at once: it moves nobody, but clients stop trusting their idle connections. */
  private NodeView master(RedisNode n) {
    return new NodeView(n.address(), NodeRole.MASTER, !n.sDown && n.link.up(), true, false);
  }

  /** A node that claims to be master, or follows another one, holds other data than it should. */
  private NodeView replica(Group g, RedisNode n, NodeAddress current) {
    boolean syncing = n.info != null && n.info.syncing();
    return new NodeView(
        n.address(), NodeRole.REPLICA, reachable(n), holdsTheData(g, n, current), syncing);
  }

  /**
   * While the master is gone every replica has lost its link; what it copied until then is what
   * there is to read. A replica that never had a copy says so by a negative time.
   */
  private boolean holdsTheData(Group g, RedisNode n, NodeAddress current) {
    boolean orphan =
        !reachable(g.master)
            && n.info != null
            && !n.reportsMaster
            && n.info.linkDownSeconds() >= 0
            && g.master.address().equals(n.reportedMaster);
    return orphan && !g.promotionSeen() || n.follows(current);
  }

  private boolean reachable(RedisNode n) {
    return !n.sDown && (n.link.up() || n.link.silence(s.now) < Times.LINK_BLINK);
  }
}
