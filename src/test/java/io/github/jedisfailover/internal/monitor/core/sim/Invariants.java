package io.github.jedisfailover.internal.monitor.core.sim;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.internal.monitor.core.Hello;
import io.github.jedisfailover.internal.monitor.core.PersistentState;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What must hold after every step, whatever the network and the processes do. */
final class Invariants {
  private record Vote(String group, long epoch, int voter) {}

  private record Epoch(String group, long epoch) {}

  private final int majority;
  private final int quorum;
  private final Map<Vote, String> votes = new HashMap<>();
  private final Map<Epoch, Integer> leaders = new HashMap<>();
  private final Map<Epoch, NodeAddress> masters = new HashMap<>();
  int promotions;

  Invariants(int voters, int quorum) {
    this.majority = voters / 2 + 1;
    this.quorum = quorum;
  }

  void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  /** A vote leaves the voter: on disk before, and only one candidate per epoch. */
  void voteTold(int voter, String group, String candidate, long epoch, PersistentState disk) {
    long stored = disk.group(group).map(PersistentState.Group::leaderEpoch).orElse(-1L);
    check(stored >= epoch, "vote of " + voter + " in epoch " + epoch + " told before stored");
    String before = votes.put(new Vote(group, epoch, voter), candidate);
    // A vote for its own former self may be forgotten: that candidate is gone and cannot lead.
    boolean formerSelf = before != null && before.startsWith(SimMonitor.idPrefix(voter));
    check(
        before == null || before.equals(candidate) || formerSelf,
        "voter " + voter + " voted for two candidates in epoch " + epoch);
  }

  /** A replica is promoted: by the one leader of the epoch, with quorum and majority. */
  void promoted(int monitor, String id, String group, long epoch) {
    promotions++;
    Integer other = leaders.putIfAbsent(new Epoch(group, epoch), monitor);
    check(other == null || other == monitor, "two leaders in epoch " + epoch);
    Set<Integer> voters = new HashSet<>();
    votes.forEach(
        (vote, candidate) -> {
          if (vote.group().equals(group) && vote.epoch() == epoch && candidate.equals(id)) {
            voters.add(vote.voter());
          }
        });
    check(
        voters.size() >= Math.max(majority, quorum),
        "promotion in epoch " + epoch + " with " + voters.size() + " votes");
  }

  /** A configuration epoch names one master, for ever. */
  void told(Hello hello) {
    if (hello.configEpoch() == 0) {
      return;
    }
    NodeAddress before =
        masters.putIfAbsent(new Epoch(hello.masterName(), hello.configEpoch()), hello.master());
    check(
        before == null || before.equals(hello.master()),
        "configuration epoch " + hello.configEpoch() + " names " + before + " and " + hello);
  }

  void epochsGrow(CoreView before, CoreView after) {
    check(after.currentEpoch() >= before.currentEpoch(), "current epoch fell");
    for (CoreView.Master m : before.masters()) {
      // an operator may have removed it
      long now = after.master(m.name()).map(CoreView.Master::configEpoch).orElse(Long.MAX_VALUE);
      check(now >= m.configEpoch(), "configuration epoch fell");
    }
  }

  /** Actions that are forbidden while a monitor is in TILT. */
  void calm(CoreView view, CoreAction action) {
    check(!(view.tilt() && action instanceof CoreAction.MakeMaster), "promotion in TILT");
  }
}
