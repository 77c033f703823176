package io.github.jedisfailover.internal.monitor.core;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Which peers a group has when they are discovered, as {@code sentinelProcessHelloMessage}. A peer
 * is one process: one identity, one address, one link that all groups share.
 */
final class PeerRule {
  private final CoreState s;

  PeerRule(CoreState state) {
    this.s = state;
  }

  /** The peer that this hello comes from; created, moved or replaced if need be. */
  PeerNode met(Group g, String id, NodeAddress address) {
    NodeAddress at = s.names.among(s.peers.keySet(), address);
    PeerNode there = s.peers.get(at);
    if (there != null && there.id.equals(id) && g.opinions.containsKey(there)) {
      return there;
    }
    if (there != null && !there.id.equals(id)) {
      // a restart without its state file: the new identity takes the old one's place everywhere
      evict(there);
    }
    PeerNode peer = byId(id);
    boolean known = peer != null && g.opinions.containsKey(peer);
    if (known) {
      s.notice(
          g,
          "+sentinel-address-switch",
          Texts.master(g) + " ip " + at.host() + " port " + at.port() + " for " + id);
    }
    if (peer == null) {
      peer = open(id, at);
    } else if (!peer.target.address().equals(at)) {
      move(peer, at);
      updated(g, peer);
    }
    g.opinions.computeIfAbsent(peer, p -> new PeerNode.Opinion(s.now));
    if (!known) {
      s.notice(g, "+sentinel", Texts.peer(g, peer));
    }
    s.persist();
    return peer;
  }

  /** A peer of the stored state; nothing is told of it. */
  void remember(Group g, String id, NodeAddress address) {
    if (id.equals(s.myId)) {
      return;
    }
    PeerNode peer = byId(id);
    if (peer == null && !s.peers.containsKey(address)) {
      peer = open(id, address);
    }
    if (peer != null) {
      g.opinions.put(peer, new PeerNode.Opinion(s.now));
    }
  }

  private PeerNode byId(String id) {
    return s.peers.values().stream().filter(p -> p.id.equals(id)).findFirst().orElse(null);
  }

  private PeerNode open(String id, NodeAddress at) {
    PeerNode peer = new PeerNode(new Target.Peer(at), s.now);
    peer.id = id;
    s.peers.put(at, peer);
    s.act(new CoreAction.OpenLink(peer.target));
    return peer;
  }

  private void move(PeerNode peer, NodeAddress to) {
    s.peers.remove(peer.target.address());
    s.act(new CoreAction.CloseLink(peer.target));
    peer.target = new Target.Peer(to);
    peer.link.disconnected(s.now);
    s.peers.put(to, peer);
    s.act(new CoreAction.OpenLink(peer.target));
  }

  private void updated(Group g, PeerNode peer) {
    long others =
        s.groups.values().stream().filter(o -> o != g && o.opinions.containsKey(peer)).count();
    if (others > 0) {
      s.notice(
          g,
          "+sentinel-address-update",
          Texts.peer(g, peer) + " " + others + " additional matching instances");
    }
  }

  private void evict(PeerNode old) {
    for (Group g : s.groups.values()) {
      if (g.opinions.containsKey(old)) {
        s.notice(g, "+sentinel-invalid-addr", Texts.peer(g, old));
        g.opinions.remove(old);
      }
    }
    close(old);
  }

  /** Forgets the peers of a group; those of no other group are gone. */
  void release(Group g) {
    List<PeerNode> former = new ArrayList<>(g.opinions.keySet());
    g.opinions.clear();
    former.stream().filter(p -> s.sharing(p) == 0).forEach(this::close);
  }

  private void close(PeerNode peer) {
    s.peers.remove(peer.target.address());
    s.act(new CoreAction.CloseLink(peer.target));
  }
}
