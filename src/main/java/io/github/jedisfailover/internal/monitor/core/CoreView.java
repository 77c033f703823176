package io.github.jedisfailover.internal.monitor.core;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Optional;

/**
 * What the core would tell about itself now: the read model behind the served commands. Ages are
 * milliseconds before the moment the view was taken.
 *
 * @param canVote whether this monitor may vote now
 */
public record CoreView(
    String myId,
    long currentEpoch,
    boolean tilt,
    long tiltMillis,
    boolean canVote,
    List<Master> masters,
    GlobalSettings global,
    Periods periods,
    int simulatedFailures) {
  public CoreView {
    masters = List.copyOf(masters);
  }

  /** With the settings of a monitor that was told nothing else. */
  public CoreView(
      String myId,
      long currentEpoch,
      boolean tilt,
      long tiltMillis,
      boolean canVote,
      List<Master> masters) {
    this(
        myId,
        currentEpoch,
        tilt,
        tiltMillis,
        canVote,
        masters,
        GlobalSettings.DEFAULT,
        Periods.DEFAULT,
        0);
  }

  public Optional<Master> master(String name) {
    return masters.stream().filter(m -> m.name().equals(name)).findFirst();
  }

  /**
   * What all instances have. {@code flags} are Sentinel's, in Sentinel's order, comma separated.
   *
   * @param sDownMillis age of the state, -1 if not down
   * @param oDownMillis age of the state, -1 if not down
   */
  public record Instance(
      String name,
      NodeAddress address,
      String runId,
      String flags,
      int pendingCommands,
      long lastPingSentMillis,
      long lastOkPingMillis,
      long lastPingReplyMillis,
      long sDownMillis,
      long oDownMillis,
      long downAfterMillis) {}

  /**
   * What Redis nodes have in addition.
   *
   * @param info the last INFO as it was read; empty if there was none
   */
  public record RedisPart(
      long infoRefreshMillis, String roleReported, long roleReportedMillis, String info) {
    public RedisPart(long infoRefreshMillis, String roleReported, long roleReportedMillis) {
      this(infoRefreshMillis, roleReported, roleReportedMillis, "");
    }
  }

  /**
   * One master group.
   *
   * @param current the address clients must use: the promoted replica's once it reported master
   * @param failoverState Sentinel's name of the state, or {@code null} if no failover is running
   */
  public record Master(
      Instance instance,
      NodeAddress current,
      String failoverState,
      RedisPart redis,
      long configEpoch,
      int quorum,
      long failoverTimeoutMillis,
      int parallelSyncs,
      List<Replica> replicas,
      List<Peer> peers,
      MasterSettings.Scripts scripts) {
    public Master {
      replicas = List.copyOf(replicas);
      peers = List.copyOf(peers);
    }

    /** Without scripts. */
    public Master(
        Instance instance,
        NodeAddress current,
        String failoverState,
        RedisPart redis,
        long configEpoch,
        int quorum,
        long failoverTimeoutMillis,
        int parallelSyncs,
        List<Replica> replicas,
        List<Peer> peers) {
      this(
          instance,
          current,
          failoverState,
          redis,
          configEpoch,
          quorum,
          failoverTimeoutMillis,
          parallelSyncs,
          replicas,
          peers,
          MasterSettings.Scripts.NONE);
    }

    public String name() {
      return instance.name();
    }
  }

  /** One replica. */
  public record Replica(
      Instance instance,
      RedisPart redis,
      long masterLinkDownMillis,
      boolean linkUp,
      NodeAddress masterAddress,
      int priority,
      long offset,
      boolean announced) {}

  /**
   * One other voter, as known for one master.
   *
   * @param linkShares groups that share the link to it
   * @param claimedMaster the master it named last, {@code null} if it named none to us itself
   * @param claimedEpoch of the failover that made it
   */
  public record Peer(
      Instance instance,
      long lastHelloMillis,
      String votedLeader,
      long votedLeaderEpoch,
      int linkShares,
      NodeAddress claimedMaster,
      long claimedEpoch) {
    /** A peer of one group that named no master. */
    public Peer(
        Instance instance, long lastHelloMillis, String votedLeader, long votedLeaderEpoch) {
      this(instance, lastHelloMillis, votedLeader, votedLeaderEpoch, 1, null, 0);
    }
  }
}
