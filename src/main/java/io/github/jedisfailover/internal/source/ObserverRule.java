package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeRole;
import io.github.jedisfailover.topology.NodeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What to believe of the voters' answers; pure. */
final class ObserverRule {
  private ObserverRule() {}

  /**
   * What the voters agree on.
   *
   * @param masterDown whether most of those who name it cannot reach it
   * @param replicas as most of those voters see them
   */
  record Belief(long configEpoch, NodeAddress master, boolean masterDown, List<NodeView> replicas) {
    Belief {
      replicas = List.copyOf(replicas);
    }

    private boolean isLaterThan(Held held) {
      return configEpoch > held.configEpoch();
    }

    /** The whole group; the master only if it said itself that it is one. */
    List<NodeView> nodes(boolean masterVerified) {
      List<NodeView> nodes = new ArrayList<>();
      if (masterVerified) {
        nodes.add(new NodeView(master, NodeRole.MASTER, !masterDown, true, false));
      }
      nodes.addAll(replicas);
      return nodes;
    }
  }

  /**
   * What is believed so far.
   *
   * @param configEpoch -1 if nothing is
   * @param verified the master, if it has said itself that it is one
   */
  record Held(long configEpoch, Optional<NodeAddress> verified) {
    static final Held NOTHING = new Held(-1, Optional.empty());
  }

  /**
   * The highest config epoch wins: it belongs to the latest failover, whatever the other voters
   * still say. Below the epoch already believed nothing counts, except when a majority of all
   * voters answers, none of them knows that epoch any more and all name one master: they restarted
   * without memory, and waiting for the old epoch would be for ever. At that epoch another master
   * than the verified one counts only if a majority of all voters names it. While a majority sees
   * the verified master well, what the others say of another one is not believed: it is a lie, or
   * it can wait until they agree. And when a majority has moved on to another master at a later
   * epoch, who still names the verified one is not believed, whatever epoch it claims.
   *
   * @param voters number of all voters
   */
  static Optional<Belief> believe(List<VoterAnswer> all, Held held, int voters) {
    List<VoterAnswer> answers = credible(all, held, voters);
    long highest = answers.stream().mapToLong(VoterAnswer::configEpoch).max().orElse(-1);
    if (highest < 0) {
      return Optional.empty();
    }
    if (highest < held.configEpoch() && !allForgot(answers, voters)) {
      return Optional.empty();
    }
    List<VoterAnswer> latest = answers.stream().filter(a -> a.configEpoch() == highest).toList();
    return agreed(latest)
        .filter(m -> highest != held.configEpoch() || mayReplace(m, latest, held, voters))
        .map(m -> belief(vouched(m, answers, highest, held, voters), m, answers));
  }

  /**
   * An epoch that a majority knows counts more than one that a single voter claims for the same
   * master: it could claim one that no failover ever reaches.
   */
  private static long vouched(
      NodeAddress master, List<VoterAnswer> answers, long highest, Held held, int voters) {
    long[] epochs =
        answers.stream()
            .filter(a -> a.master().equals(master))
            .mapToLong(VoterAnswer::configEpoch)
            .sorted()
            .toArray();
    if (epochs.length < majority(voters)) {
      boolean nothingNew = held.verified().filter(master::equals).isPresent();
      return nothingNew ? Math.min(highest, held.configEpoch()) : highest;
    }
    return Math.max(
        epochs[epochs.length - majority(voters)], Math.min(held.configEpoch(), highest));
  }

  private static List<VoterAnswer> credible(List<VoterAnswer> all, Held held, int voters) {
    List<VoterAnswer> same =
        all.stream().filter(a -> held.verified().filter(a.master()::equals).isPresent()).toList();
    long well = same.stream().filter(a -> !a.masterDown()).count();
    if (well >= majority(voters)) {
      return same;
    }
    boolean moved = most(others(all, same), voters).filter(m -> m.isLaterThan(held)).isPresent();
    return moved ? others(all, same) : all;
  }

  private static List<VoterAnswer> others(List<VoterAnswer> all, List<VoterAnswer> same) {
    return all.stream().filter(a -> !same.contains(a)).toList();
  }

  /** The master that a majority of all voters names, at the latest epoch that one of them knows. */
  static Optional<Belief> most(List<VoterAnswer> answers, int voters) {
    return agreed(answers)
        .map(m -> answers.stream().filter(a -> a.master().equals(m)).toList())
        .filter(same -> same.size() >= majority(voters))
        .map(
            same ->
                belief(
                    vouched(same.get(0).master(), same, -1, Held.NOTHING, voters),
                    same.get(0).master(),
                    same));
  }

  private static boolean mayReplace(
      NodeAddress master, List<VoterAnswer> latest, Held held, int voters) {
    boolean other = held.verified().filter(v -> !v.equals(master)).isPresent();
    long names = latest.stream().filter(a -> a.master().equals(master)).count();
    return !other || names >= majority(voters);
  }

  /**
   * What one voter alone may tell: a later failover than the one believed. Without a belief it may
   * tell nothing, it could be the one that lags behind.
   */
  static Optional<Belief> news(VoterAnswer answer, Held held) {
    return held.configEpoch() >= 0 && answer.configEpoch() > held.configEpoch()
        ? Optional.of(of(answer))
        : Optional.empty();
  }

  /** The group as one voter sees it. */
  static Belief of(VoterAnswer answer) {
    return belief(answer.configEpoch(), answer.master(), List.of(answer));
  }

  static int majority(int voters) {
    return voters / 2 + 1;
  }

  private static boolean allForgot(List<VoterAnswer> answers, int voters) {
    boolean majority = answers.size() >= majority(voters);
    return majority && answers.stream().map(VoterAnswer::master).distinct().count() == 1;
  }

  /** One epoch has one master; different ones are told only before the first failover. */
  private static Optional<NodeAddress> agreed(List<VoterAnswer> latest) {
    Map<NodeAddress, Integer> votes = new HashMap<>();
    latest.forEach(a -> votes.merge(a.master(), 1, Integer::sum));
    int most = votes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    List<NodeAddress> best = votes.keySet().stream().filter(m -> votes.get(m) == most).toList();
    return best.size() == 1 ? Optional.of(best.get(0)) : Optional.empty();
  }

  private static Belief belief(long epoch, NodeAddress master, List<VoterAnswer> answers) {
    List<VoterAnswer> same =
        answers.stream()
            .filter(a -> a.master().equals(master) && a.configEpoch() >= epoch)
            .toList();
    long down = same.stream().filter(VoterAnswer::masterDown).count();
    Map<NodeAddress, List<VoterAnswer.Replica>> seen = new LinkedHashMap<>();
    for (VoterAnswer answer : same) {
      for (VoterAnswer.Replica replica : answer.replicas()) {
        if (!replica.address().equals(master)) {
          seen.computeIfAbsent(replica.address(), a -> new ArrayList<>()).add(replica);
        }
      }
    }
    List<NodeView> replicas = new ArrayList<>();
    seen.forEach((address, words) -> replicas.add(view(address, words, master)));
    replicas.sort(Comparator.comparing(NodeView::address));
    return new Belief(epoch, master, 2 * down > same.size(), replicas);
  }

  private static NodeView view(
      NodeAddress address, List<VoterAnswer.Replica> words, NodeAddress master) {
    long reachable = words.stream().filter(VoterAnswer.Replica::reachable).count();
    // a copy of another master is no copy of this one, however healthy its link is
    long fit = words.stream().filter(r -> r.linkUp() && master.equals(r.of())).count();
    return new NodeView(
        address, NodeRole.REPLICA, 2 * reachable > words.size(), 2 * fit > words.size(), false);
  }
}
