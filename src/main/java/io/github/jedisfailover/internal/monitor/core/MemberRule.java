package io.github.jedisfailover.internal.monitor.core;

/**
 * Which nodes belong to a group of which nothing was stored: the other voters know.
 *
 * <p>INFO of the master lists the replicas that are connected to it now. A node that is down, or
 * came back as a master of its own, is missing there, and nobody would make it a replica again once
 * all voters had restarted without memory, one after the other. Sentinel has no such rule; its
 * state file is not optional.
 */
final class MemberRule {
  private final CoreState s;
  private final InfoRule infos;
  private final Election election;

  MemberRule(CoreState state, InfoRule infos, Election election) {
    this.s = state;
    this.infos = infos;
    this.election = election;
  }

  void askIfDue(Group g) {
    if (s.discovers) {
      return; // there is always a stored state, and Sentinels are asked nothing they do not ask
    }
    g.opinions.forEach(
        (peer, opinion) -> {
          boolean due = s.now - opinion.membersAskedAt >= s.period(Period.ASK);
          if (!opinion.membersTold && peer.link.up() && due) {
            opinion.membersAskedAt = s.now;
            s.act(new CoreAction.AskMembers(peer.target, g.name()));
          }
        });
  }

  void told(CoreInput.MembersTold in) {
    Group g = s.groups.get(in.masterName());
    PeerNode peer = s.peers.get(in.peer().address());
    PeerNode.Opinion opinion = g == null || peer == null ? null : g.opinions.get(peer);
    if (opinion == null || opinion.membersTold) {
      return; // only what was asked for: later changes come by INFO
    }
    opinion.membersTold = true;
    in.replicas().forEach(a -> infos.discover(g, a));
    election.remember();
  }
}
