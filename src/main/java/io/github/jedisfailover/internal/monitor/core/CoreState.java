package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Times.NEVER;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All that one monitor knows. Only the core's own rules touch it, on one thread. */
final class CoreState {
  /** Longer payloads of events are cut, as in Sentinel. */
  private static final int MAX_PAYLOAD = 1_023;

  final String myId;
  final NodeAddress me;
  final Departures departures;
  final Names names = new Names(this);
  private final int configuredVoters;
  private final int configuredRank;
  final Dice dice;
  final PersistentState stored;
  final Map<String, Group> groups = new TreeMap<>();
  final Map<NodeAddress, PeerNode> peers = new LinkedHashMap<>();
  final List<CoreAction> actions = new ArrayList<>();

  /** Tickets whose answer in this step stands after a {@code Persist}. */
  final List<Long> awaitDisk = new ArrayList<>();

  /** Epoch of the last vote in groups that were removed. */
  final Map<String, Long> removedVotes = new HashMap<>();

  /** Whether peers are discovered, as a Sentinel does, or configured. */
  final boolean discovers;

  Periods periods = Periods.DEFAULT;
  GlobalSettings global;
  int simulated;
  long now;
  long startedAt;
  long currentEpoch;

  /** Whether every earlier vote of this voter is known, or can no longer be repeated. */
  boolean remembers;

  /** Epochs up to this one get no vote: we may have voted in them before a restart. */
  long voteFloor;

  boolean tilt;
  long tiltSince = NEVER;
  long lastTick = NEVER;

  CoreState(
      String myId,
      NodeAddress me,
      List<NodeAddress> voters,
      PersistentState stored,
      boolean remembers,
      Departures departures,
      long seed) {
    this.myId = myId;
    this.me = me;
    this.configuredVoters = voters.size();
    this.configuredRank = voters.indexOf(me);
    this.discovers = voters.isEmpty();
    this.departures = departures;
    this.dice = new Dice(seed);
    this.stored = stored;
    this.global = stored.global();
    this.remembers = remembers || discovers || voters.size() == 1;
    this.currentEpoch =
        stored.groups().stream()
            .mapToLong(PersistentState.Group::configEpoch)
            .reduce(stored.currentEpoch(), Math::max);
  }

  /** What the last run stored of a group, unless it was removed in this one. */
  Optional<PersistentState.Group> stored(String name) {
    return removedVotes.containsKey(name) ? Optional.empty() : stored.group(name);
  }

  long period(Period period) {
    return periods.get(period);
  }

  /** All voters of a group, this one and dead ones included. */
  int voters(Group g) {
    return discovers ? g.opinions.size() + 1 : configuredVoters;
  }

  int majority(Group g) {
    return voters(g) / 2 + 1;
  }

  /** Our place among the voters of a group, the same in everybody's eyes. */
  long rank(Group g) {
    return discovers
        ? g.opinions.keySet().stream().filter(p -> p.id.compareTo(myId) < 0).count()
        : configuredRank;
  }

  /** How many groups share the link to a peer. */
  long sharing(PeerNode peer) {
    return groups.values().stream().filter(g -> g.opinions.containsKey(peer)).count();
  }

  void act(CoreAction action) {
    actions.add(action);
  }

  void report(Group group, CoreAction.Level level, String name, String payload) {
    String text = payload.substring(0, Math.min(payload.length(), MAX_PAYLOAD));
    act(new CoreAction.Report(group == null ? "" : group.name(), level, name, text));
    if (group != null && level == CoreAction.Level.WARNING) {
      String script = group.settings.scripts().notification();
      run(CoreAction.RunScript.Kind.NOTIFICATION, script, List.of(name, text));
    }
  }

  private void run(CoreAction.RunScript.Kind kind, String path, List<String> arguments) {
    if (!path.isEmpty()) {
      act(new CoreAction.RunScript(kind, path, arguments));
    }
  }

  /** As {@code sentinelCallClientReconfScript}: the addresses as they are shown to others. */
  void runReconfigScript(Group g, String role, NodeAddress from, NodeAddress to) {
    NodeAddress old = names.shown(from);
    NodeAddress next = names.shown(to);
    run(
        CoreAction.RunScript.Kind.CLIENT_RECONFIG,
        g.settings.scripts().clientReconfig(),
        List.of(
            g.name(),
            role,
            "start",
            old.host(),
            Integer.toString(old.port()),
            next.host(),
            Integer.toString(next.port())));
  }

  void warn(Group group, String name, String payload) {
    report(group, CoreAction.Level.WARNING, name, payload);
  }

  void notice(Group group, String name, String payload) {
    report(group, CoreAction.Level.NOTICE, name, payload);
  }

  /**
   * Whether an epoch that was told may be taken over. Epochs grow by one per candidacy and are
   * never given back, so one far above ours is a mistake or an attack, unless a majority of the
   * group's voters has told one as high: then it is the group's, however it came to be, and
   * refusing it would shut this voter out.
   */
  boolean believable(long epoch, Group group) {
    if (!departures.epochCap() || epoch <= currentEpoch + Times.EPOCH_JUMP) {
      return true;
    }
    long tellers =
        group == null
            ? peers.values().stream().filter(p -> p.currentEpoch >= epoch).count()
            : group.opinions.keySet().stream().filter(p -> p.currentEpoch >= epoch).count();
    long voters = group == null ? peers.size() + 1 : voters(group);
    return tellers >= Math.max(1, Math.min(voters / 2 + 1, voters - 1));
  }

  /** Takes a higher epoch that can be believed; returns whether it was taken. */
  boolean raiseEpoch(long epoch, Group group) {
    if (epoch <= currentEpoch || !believable(epoch, group)) {
      return false;
    }
    currentEpoch = epoch;
    warn(group, "+new-epoch", Long.toString(epoch));
    return true;
  }

  /**
   * Stores everything; what must not happen without it has to be added after this. Nothing is
   * stored while earlier votes are unknown: the next start would take the file for a memory.
   */
  void persist() {
    if (!remembers) {
      return;
    }
    act(new CoreAction.Persist(persistent()));
  }

  private PersistentState persistent() {
    List<PersistentState.Group> all = new ArrayList<>();
    for (Group g : groups.values()) {
      List<NodeAddress> replicas = new ArrayList<>();
      for (RedisNode r : g.replicas.values().stream().filter(x -> x.member).toList()) {
        // As Sentinel: once promoted, the two change places in what a restart will find.
        replicas.add(r == g.promoted && g.promotionSeen() ? g.master.address() : r.address());
      }
      all.add(
          new PersistentState.Group(
              g.name(),
              g.currentMaster(),
              g.configEpoch,
              g.leaderEpoch,
              replicas,
              knownPeers(g),
              Optional.of(g.settings)));
    }
    for (PersistentState.Group g : stored.groups()) {
      if (!groups.containsKey(g.name()) && !removedVotes.containsKey(g.name())) {
        all.add(g); // not watched yet in this run: its vote must not be forgotten
      }
    }
    return new PersistentState(myId, currentEpoch, all, global);
  }

  private static List<PersistentState.KnownPeer> knownPeers(Group g) {
    return g.opinions.keySet().stream()
        .filter(p -> !p.id.isEmpty())
        .map(p -> new PersistentState.KnownPeer(p.target.address(), p.id))
        .toList();
  }
}
