package io.github.jedisfailover.internal.monitor.core;

import io.github.jedisfailover.topology.NodeAddress;

/** Sentinel's way to name an instance in an event. */
final class Texts {
  private Texts() {}

  static String master(Group g) {
    return "master " + g.name() + " " + hostPort(g.master.address());
  }

  static String node(Group g, RedisNode node) {
    if (node == g.master) {
      return master(g);
    }
    return "slave " + node.name + " " + hostPort(node.address()) + of(g);
  }

  static String peer(Group g, PeerNode peer) {
    String name = peer.id.isEmpty() ? peer.target.address().toString() : peer.id;
    return "sentinel " + name + " " + hostPort(peer.target.address()) + of(g);
  }

  static String hostPort(NodeAddress a) {
    return a.host() + " " + a.port();
  }

  private static String of(Group g) {
    return " @ " + g.name() + " " + hostPort(g.master.address());
  }
}
