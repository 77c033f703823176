package io.github.jedisfailover.internal.monitor.core.sim;

import io.github.jedisfailover.internal.monitor.core.InfoReport;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;

/** A Redis node as far as a monitor can see it: role, replication link, offset. */
final class SimRedis {
  /** From the contact to the moment when a replica drops its own data for a copy. */
  private static final long FULL_SYNC_MILLIS = 1_500;

  final NodeAddress address;
  boolean alive = true;
  long frozenUntil;
  NodeAddress masterAddress; // null: it is a master
  boolean linkUp;
  boolean everSynced;
  long linkDownSince;
  long offset;

  /** Its writes wait until then. */
  long pausedUntil;

  String history = "first";
  long keys = 5;
  private long syncedAt = Long.MAX_VALUE;
  int incarnation;

  SimRedis(NodeAddress address, NodeAddress masterAddress) {
    this.address = address;
    this.masterAddress = masterAddress;
    this.everSynced = masterAddress == null;
  }

  void restart(long now) {
    alive = true;
    frozenUntil = 0;
    pausedUntil = 0;
    incarnation++;
    linkUp = false;
    linkDownSince = now;
  }

  /** Back without its data, as a master without persistence that is started again. */
  void restartEmpty(long now) {
    restart(now);
    offset = 0;
    keys = 0;
    history = address + "#" + incarnation;
    everSynced = masterAddress == null;
  }

  boolean frozen(long now) {
    return now < frozenUntil;
  }

  void follow(NodeAddress master, long now) {
    if (!master.equals(masterAddress) && !master.equals(address)) {
      masterAddress = master;
      linkUp = false;
      linkDownSince = now;
    }
  }

  void lead() {
    masterAddress = null;
    linkUp = false;
  }

  /** One moment of replication: {@code master} is null if it cannot be reached. */
  void replicate(SimRedis master, long now) {
    if (masterAddress == null) {
      return;
    }
    boolean works = master != null && (master.masterAddress == null || master.linkUp);
    if (!works && linkUp) {
      linkDownSince = now;
    }
    boolean copies = works && !master.history.equals(history);
    if (!copies) {
      syncedAt = Long.MAX_VALUE;
    } else if (syncedAt == Long.MAX_VALUE) {
      syncedAt = now + FULL_SYNC_MILLIS;
    }
    linkUp = works && (!copies || now >= syncedAt);
    if (linkUp) {
      offset = master.offset;
      keys = master.keys;
      history = master.history;
      everSynced = true;
    }
  }

  InfoReport info(List<NodeAddress> replicas, long now) {
    long down = linkUp || masterAddress == null ? 0 : (now - linkDownSince) / 1_000;
    return new InfoReport(
        address + "#" + incarnation,
        masterAddress == null,
        replicas,
        masterAddress,
        linkUp,
        false,
        everSynced ? down : -1,
        100,
        offset,
        true,
        "",
        new InfoReport.Data(history, keys, false));
  }
}
