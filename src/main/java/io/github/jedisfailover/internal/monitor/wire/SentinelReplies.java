package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.internal.monitor.core.OrderResult;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;

/** The instances as Sentinel prints them: fixed order of fields, all values bulk strings. */
public final class SentinelReplies {
  private SentinelReplies() {}

  static Reply master(CoreView.Master master) {
    Fields fields = new Fields();
    instance(fields, master.instance(), 1, master.failoverState());
    redis(fields, master.redis());
    fields.add("config-epoch", master.configEpoch());
    fields.add("num-slaves", master.replicas().size());
    fields.add("num-other-sentinels", master.peers().size());
    fields.add("quorum", master.quorum());
    fields.add("failover-timeout", master.failoverTimeoutMillis());
    fields.add("parallel-syncs", master.parallelSyncs());
    optional(fields, "notification-script", master.scripts().notification());
    optional(fields, "client-reconfig-script", master.scripts().clientReconfig());
    return fields.reply();
  }

  static Reply replica(CoreView.Replica replica) {
    Fields fields = new Fields();
    instance(fields, replica.instance(), 1, null);
    redis(fields, replica.redis());
    NodeAddress of = replica.masterAddress();
    fields.add("master-link-down-time", replica.masterLinkDownMillis());
    fields.add("master-link-status", replica.linkUp() ? "ok" : "err");
    fields.add("master-host", of == null ? "?" : of.host());
    fields.add("master-port", of == null ? 0 : of.port());
    fields.add("slave-priority", replica.priority());
    fields.add("slave-repl-offset", replica.offset());
    fields.add("replica-announced", replica.announced() ? 1 : 0);
    return fields.reply();
  }

  static Reply peer(CoreView.Peer peer) {
    Fields fields = new Fields();
    instance(fields, peer.instance(), peer.linkShares(), null);
    fields.add("last-hello-message", peer.lastHelloMillis());
    String leader = peer.votedLeader();
    fields.add("voted-leader", leader == null || leader.isEmpty() ? "?" : leader);
    fields.add("voted-leader-epoch", peer.votedLeaderEpoch());
    return fields.reply();
  }

  /** The answer to IS-MASTER-DOWN-BY-ADDR. */
  public static Reply vote(boolean down, String leader, long leaderEpoch) {
    return new Reply.Array(
        List.of(new Reply.Int(down ? 1 : 0), new Reply.Bulk(leader), new Reply.Int(leaderEpoch)));
  }

  /** The answer to an operator's order. */
  public static Reply order(OrderResult result) {
    if (result instanceof OrderResult.Count count) {
      return new Reply.Int(count.value());
    }
    return result instanceof OrderResult.Refused refused
        ? new Reply.Error(refused.text())
        : Reply.OK;
  }

  static Reply quorum(CoreView.Master master) {
    long usable = 1 + master.peers().stream().filter(p -> p.instance().sDownMillis() < 0).count();
    int voters = master.peers().size() + 1;
    boolean fewForQuorum = usable < master.quorum();
    boolean fewForMajority = usable < voters / 2 + 1;
    if (!fewForQuorum && !fewForMajority) {
      return new Reply.Simple(
          "OK " + usable + " usable Sentinels. Quorum and failover authorization can be reached");
    }
    List<String> reasons = new ArrayList<>();
    if (fewForQuorum) {
      reasons.add("Not enough available Sentinels to reach the specified quorum for this master");
    }
    if (fewForMajority) {
      reasons.add("Not enough available Sentinels to reach the majority and authorize a failover");
    }
    return new Reply.Error(
        "NOQUORUM " + usable + " usable Sentinels. " + String.join(". ", reasons));
  }

  private static void instance(
      Fields fields, CoreView.Instance i, int refCount, String failoverState) {
    fields.add("name", i.name());
    fields.add("ip", i.address().host());
    fields.add("port", i.address().port());
    fields.add("runid", i.runId() == null ? "" : i.runId());
    fields.add("flags", i.flags());
    fields.add("link-pending-commands", i.pendingCommands());
    fields.add("link-refcount", refCount);
    if (failoverState != null) {
      fields.add("failover-state", failoverState);
    }
    fields.add("last-ping-sent", i.lastPingSentMillis());
    fields.add("last-ok-ping-reply", i.lastOkPingMillis());
    fields.add("last-ping-reply", i.lastPingReplyMillis());
    if (i.sDownMillis() >= 0) {
      fields.add("s-down-time", i.sDownMillis());
    }
    if (i.oDownMillis() >= 0) {
      fields.add("o-down-time", i.oDownMillis());
    }
    fields.add("down-after-milliseconds", i.downAfterMillis());
  }

  private static void optional(Fields fields, String name, String value) {
    if (!value.isEmpty()) {
      fields.add(name, value);
    }
  }

  private static void redis(Fields fields, CoreView.RedisPart redis) {
    fields.add("info-refresh", redis.infoRefreshMillis());
    fields.add("role-reported", redis.roleReported());
    fields.add("role-reported-time", redis.roleReportedMillis());
  }

  /** Collects names and values in order. */
  private static final class Fields {
    private final List<String> flat = new ArrayList<>();

    void add(String name, String value) {
      flat.add(name);
      flat.add(value);
    }

    void add(String name, long value) {
      add(name, Long.toString(value));
    }

    Reply reply() {
      return Reply.Pairs.ofBulks(flat);
    }
  }
}
