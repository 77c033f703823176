package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Times.NEVER;

/** What comes of links: up, down, pings and their answers, and connections that only seem to be. */
final class LinkRule {
  private final CoreState s;
  private final InfoRule infos;
  private final HelloRule hellos;

  LinkRule(CoreState state, InfoRule infos, HelloRule hellos) {
    this.s = state;
    this.infos = infos;
    this.hellos = hellos;
  }

  void take(CoreInput input) {
    if (input instanceof CoreInput.LinkUp in) {
      linkUp(in.target());
    } else if (input instanceof CoreInput.LinkDown in) {
      linkDown(in.target(), in.reason());
    } else if (input instanceof CoreInput.PingSent in) {
      LinkHealth link = link(in.target());
      if (link != null) {
        link.pingSent(s.now);
      }
    } else if (input instanceof CoreInput.Pong in) {
      pong(in);
    } else if (input instanceof CoreInput.HelloSaid in) {
      RedisNode n = node(in.target());
      if (n != null) {
        n.helloAt = s.now;
      }
    } else if (input instanceof CoreInput.InfoRead in) {
      RedisNode n = node(in.target());
      if (n != null) {
        infos.read(s.groups.get(n.target.master()), n, in.info());
      }
    }
  }

  private void pong(CoreInput.Pong in) {
    LinkHealth link = link(in.target());
    if (link == null) {
      return;
    }
    link.pong(s.now, valid(in.reply()));
    RedisNode n = node(in.target());
    if (n != null && in.reply().startsWith("PONG")) {
      n.rebooted = false;
    } else if (n != null && in.reply().startsWith("BUSY") && n.sDown && !n.scriptKillSent) {
      n.scriptKillSent = true;
      s.act(new CoreAction.KillScript(n.target));
    }
  }

  /** As Sentinel: a node that loads its data, or has lost its master, is alive. */
  private static boolean valid(String reply) {
    return reply.startsWith("PONG")
        || reply.startsWith("LOADING")
        || reply.startsWith("MASTERDOWN");
  }

  void pingAll() {
    for (Group g : s.groups.values()) {
      long often = g.settings.downAfterMillis() / (s.departures.closerPings() ? 2 : 1);
      g.nodes().forEach(n -> pingIfDue(n.link, n.target, often));
    }
    s.peers.values().forEach(p -> pingIfDue(p.link, p.target, patience(p)));
  }

  /** Of the group that calls this peer down first. */
  private long patience(PeerNode peer) {
    return s.groups.values().stream()
        .filter(g -> g.opinions.containsKey(peer))
        .mapToLong(g -> g.settings.downAfterMillis())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private void pingIfDue(LinkHealth link, Target target, long longest) {
    if (link.pingDue(s.now, Math.min(s.period(Period.PING), longest))) {
      ping(link, target);
    }
  }

  void ping(LinkHealth link, Target target) {
    link.pingAsked(s.now);
    s.act(new CoreAction.Ping(target));
  }

  /**
   * As Sentinel: a connection that has been silent for half the patience is made anew, once it is
   * old enough. The far end may have lost it without a word.
   */
  void cutHalfOpen() {
    long age = s.period(Period.MIN_LINK_RECONNECT);
    for (Group g : s.groups.values()) {
      long silence = g.settings.downAfterMillis() / 2;
      g.nodes().stream()
          .filter(n -> n.link.seemsHalfOpen(s.now, age, silence))
          .forEach(n -> cut(n.link, n.target));
    }
    for (PeerNode p : s.peers.values()) {
      if (p.link.seemsHalfOpen(s.now, age, patience(p) / 2)) {
        cut(p.link, p.target);
      }
    }
  }

  private void cut(LinkHealth link, Target target) {
    link.cutAsked(s.now);
    s.act(new CoreAction.CutLink(target));
  }

  private void linkUp(Target target) {
    LinkHealth link = link(target);
    if (link == null) {
      return;
    }
    link.connected(s.now);
    ping(link, target);
    RedisNode n = node(target);
    if (n != null) {
      n.helloAskedAt = NEVER;
      infos.ask(n);
    } else if (target instanceof Target.Peer peer) {
      PeerNode p = s.peers.get(peer.address());
      s.groups.values().stream()
          .filter(g -> g.opinions.containsKey(p))
          .forEach(g -> hellos.sayTo(g, p));
    }
  }

  private void linkDown(Target target, String reason) {
    LinkHealth link = link(target);
    if (link == null) {
      return;
    }
    boolean wasUp = link.up();
    link.disconnected(s.now);
    RedisNode n = node(target);
    if (n == null) {
      return;
    }
    Group g = s.groups.get(n.target.master());
    if (wasUp) {
      s.report(
          g, CoreAction.Level.DEBUG, "-cmd-link-reconnection", Texts.node(g, n) + " #" + reason);
    }
    // What was sent on the broken connection may be lost; both commands can be sent again.
    if (n == g.promoted && g.phase == Group.Phase.WAIT_PROMOTION) {
      g.phase = Group.Phase.SEND_SLAVEOF_NOONE;
    }
    if (n.reconf == RedisNode.Reconf.SENT) {
      n.reconf = RedisNode.Reconf.NONE;
    }
  }

  void hint(CoreInput.Hint in) {
    Group g = s.groups.get(in.masterName());
    RedisNode n = g == null ? null : g.node(in.node());
    if (n != null && n.link.up() && s.now - n.infoAskedAt >= Times.INFO_PERIOD_AWAITED) {
      infos.ask(n);
      ping(n.link, n.target);
    }
  }

  private LinkHealth link(Target target) {
    if (target instanceof Target.Peer peer) {
      PeerNode p = s.peers.get(peer.address());
      return p == null ? null : p.link;
    }
    RedisNode n = node(target);
    return n == null ? null : n.link;
  }

  private RedisNode node(Target target) {
    if (target instanceof Target.Redis redis) {
      Group g = s.groups.get(redis.master());
      return g == null ? null : g.node(redis.address());
    }
    return null;
  }
}
