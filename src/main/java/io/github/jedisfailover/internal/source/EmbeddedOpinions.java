package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a voter in this JVM knows of the others; pure. */
final class EmbeddedOpinions {
  private static final String BY = "a voter in this JVM";

  private EmbeddedOpinions() {}

  static Opinions of(NodeAddress me, String masterName, Optional<CoreView> seen) {
    Optional<CoreView.Master> group = seen.flatMap(v -> v.master(masterName));
    if (group.isEmpty()) {
      return Opinions.none(BY + ", which has not found the group yet");
    }
    CoreView.Master known = group.get();
    List<Opinions.Voter> voters = new ArrayList<>();
    voters.add(self(me, seen.get()));
    known.peers().forEach(p -> voters.add(peer(p)));
    return new Opinions(BY, known.quorum(), voters, dissents(known));
  }

  private static Opinions.Voter self(NodeAddress me, CoreView view) {
    String says =
        view.tilt()
            ? "in TILT for " + view.tiltMillis() + " ms: its clock jumped or it got no CPU"
            : view.canVote()
                ? "in this JVM, epoch " + view.currentEpoch()
                : "in this JVM, gives no votes yet: it started without a memory of earlier ones"
                    + " (no stateDirectory, or the first start)";
    return new Opinions.Voter(me, true, true, view.canVote() && !view.tilt(), says);
  }

  private static Opinions.Voter peer(CoreView.Peer peer) {
    CoreView.Instance instance = peer.instance();
    boolean answers = !has(instance, "s_down") && !has(instance, "disconnected");
    String says = "answered " + instance.lastPingReplyMillis() + " ms ago";
    if (has(instance, "master_down")) {
      says += ", finds the master down";
    }
    return new Opinions.Voter(instance.address(), false, answers, answers, says);
  }

  private static List<Opinions.Dissent> dissents(CoreView.Master group) {
    List<Opinions.Dissent> dissents = new ArrayList<>();
    NodeAddress current = group.current();
    boolean same = group.instance().address().equals(current);
    if (same && !has(group.instance(), "s_down") && isReplica(group.redis())) {
      dissents.add(new Opinions.Dissent(current.toString(), "says it is a replica"));
    }
    for (CoreView.Replica replica : group.replicas()) {
      NodeAddress address = replica.instance().address();
      if (has(replica.instance(), "s_down") || address.equals(current)) {
        continue;
      }
      if ("master".equals(replica.redis().roleReported())) {
        dissents.add(new Opinions.Dissent(address.toString(), "says it is a master"));
      } else if (replica.masterAddress() != null && !replica.masterAddress().equals(current)) {
        String says = "copies " + replica.masterAddress();
        dissents.add(new Opinions.Dissent(address.toString(), says));
      }
    }
    for (CoreView.Peer peer : group.peers()) {
      NodeAddress claim = peer.claimedMaster();
      if (claim != null && !claim.equals(current)) {
        String says = "the master is " + claim + ", epoch " + peer.claimedEpoch();
        dissents.add(new Opinions.Dissent("voter " + peer.instance().address(), says));
      }
    }
    return dissents;
  }

  private static boolean isReplica(CoreView.RedisPart redis) {
    return "slave".equals(redis.roleReported());
  }

  private static boolean has(CoreView.Instance instance, String flag) {
    return List.of(instance.flags().split(",")).contains(flag);
  }
}
