package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Times.NEVER;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One master group: its nodes, what the peers say of it, and its failover. */
final class Group {
  /** Sentinel's failover states, in its order. */
  enum Phase {
    NONE("none"),
    WAIT_START("wait_start"),
    SELECT_SLAVE("select_slave"),
    /** The old master's writes are paused; Sentinel has no word for it. */
    HAND_OVER("select_slave"),
    SEND_SLAVEOF_NOONE("send_slaveof_noone"),
    WAIT_PROMOTION("wait_promotion"),
    /** The promoted one is a master, the paused one not yet a replica. */
    STEP_DOWN("wait_promotion"),
    RECONF_SLAVES("reconf_slaves"),
    UPDATE_CONFIG("update_config");

    final String wireName;

    Phase(String wireName) {
      this.wireName = wireName;
    }
  }

  MasterSettings settings;
  RedisNode master;
  final Map<NodeAddress, RedisNode> replicas = new TreeMap<>();
  final Map<PeerNode, PeerNode.Opinion> opinions = new LinkedHashMap<>();

  /** More nodes that may belong to the group; see {@link CoreInput.Watch}. */
  List<NodeAddress> seeds = List.of();

  boolean oDown;
  long oDownSince = NEVER;
  long standAt;
  long configEpoch;
  String leader = "*";
  long leaderEpoch;

  Phase phase = Phase.NONE;
  long phaseSince = NEVER;
  long failoverEpoch;
  long failoverStart = NEVER;
  boolean delayReported;

  /** An operator asked for this failover: it needs no election. */
  boolean forced;

  /** The pause that this failover makes at its healthy master; {@code null} if there is none. */
  Handover handover;

  /** An order that is answered when this failover has ended; {@code null} if there is none. */
  Handover.Asked asked;

  /** A master that stepped down, whose clients are told to look again, and when. */
  NodeAddress steppedDown;

  /** Why the last failover was given up. */
  String aborted = "";

  long dismissAt = NEVER;

  RedisNode promoted;
  long switchedAt = NEVER;

  TopologySnapshot published = TopologySnapshot.UNKNOWN;

  Group(MasterSettings settings, RedisNode master) {
    this.settings = settings;
    this.master = master;
  }

  String name() {
    return settings.name();
  }

  boolean failingOver() {
    return phase != Phase.NONE;
  }

  /** From here on the failover can only go forward and everybody is told the new address. */
  boolean promotionSeen() {
    return phase.compareTo(Phase.RECONF_SLAVES) >= 0;
  }

  /** The address that clients and hellos get. */
  NodeAddress currentMaster() {
    return promotionSeen() ? promoted.address() : master.address();
  }

  void enter(Phase next, long now) {
    phase = next;
    phaseSince = now;
  }

  /** Master first. */
  List<RedisNode> nodes() {
    List<RedisNode> all = new ArrayList<>(replicas.size() + 1);
    all.add(master);
    all.addAll(replicas.values());
    return all;
  }

  /** The address under which this group knows the node with this one. */
  NodeAddress known(Names names, NodeAddress address) {
    return names.same(master.address(), address)
        ? master.address()
        : names.among(replicas.keySet(), address);
  }

  RedisNode node(NodeAddress address) {
    return master.address().equals(address) ? master : replicas.get(address);
  }

  /** As Sentinel's "master looks sane": it is safe to point others to it. */
  boolean masterLooksSane(long now, Periods periods) {
    return master.reportsMaster
        && !master.sDown
        && !oDown
        && now - master.infoAt < 2 * periods.get(Period.INFO);
  }
}
