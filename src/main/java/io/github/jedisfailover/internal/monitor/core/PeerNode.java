package io.github.jedisfailover.internal.monitor.core;

import static io.github.jedisfailover.internal.monitor.core.Times.NEVER;

/** Another voter. The link is shared by all groups, its opinions are kept by each group. */
final class PeerNode {
  Target.Peer target;
  final LinkHealth link;
  String id = "";

  /** Whether it told its epoch to us itself, long enough after our start. */
  boolean heardDirectly;

  /** The newest epoch it told. */
  long currentEpoch;

  PeerNode(Target.Peer target, long now) {
    this.target = target;
    this.link = new LinkHealth(now);
  }

  /** What this peer last said of one group. */
  static final class Opinion {
    boolean sDown;
    long sDownSince = NEVER;
    boolean masterDown;
    long answeredAt;
    long askedAt = NEVER;
    String leader = "*";
    long leaderEpoch;
    long helloAt;
    long helloSaidAt = NEVER;

    /** The last hello that came from the peer itself, not through a node's channel. */
    Hello direct;

    long directAt = NEVER;

    /** Whether it was asked which nodes belong to the group, and has answered. */
    boolean membersTold;

    long membersAskedAt = NEVER;

    Opinion(long now) {
      answeredAt = now;
      helloAt = now;
    }

    /** After a switch nothing that was said of the old master counts any more. */
    void forget() {
      masterDown = false;
      leader = "*";
    }
  }
}
