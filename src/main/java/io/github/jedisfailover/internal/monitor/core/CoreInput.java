package io.github.jedisfailover.internal.monitor.core;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;

/** Everything that can happen to the core. */
public sealed interface CoreInput {
  /** Time passed. Expected every {@link SentinelCore#TICK_MILLIS}, later ones are noticed. */
  record Tick() implements CoreInput {}

  /**
   * Watch this master from now on, as {@code SENTINEL MONITOR}.
   *
   * @param seeds more nodes that should belong to the group; they are looked at, and left alone
   *     until they are seen to copy a node of the group
   */
  record Watch(MasterSettings settings, NodeAddress master, List<NodeAddress> seeds)
      implements CoreInput {
    public Watch {
      seeds = List.copyOf(seeds);
    }
  }

  /** The link is connected and authenticated. */
  record LinkUp(Target target) implements CoreInput {}

  /** The connection broke or could not be made; the driver keeps trying until told to close. */
  record LinkDown(Target target, String reason) implements CoreInput {}

  /** A PING left for the socket now; it may have waited for its thread since it was asked for. */
  record PingSent(Target target) implements CoreInput {}

  /** Any reply to PING: {@code PONG}, or the text of an error. */
  record Pong(Target target, String reply) implements CoreInput {}

  /** A reply to INFO. */
  record InfoRead(Target target, InfoReport info) implements CoreInput {}

  /**
   * What came of {@link CoreAction.PauseWrites}.
   *
   * @param refusal the node's error; empty if its writes wait now
   */
  record WritesPaused(Target.Redis target, String refusal) implements CoreInput {}

  /** A hello, by a node's channel or, {@code direct}, by PUBLISH from the peer itself. */
  record HelloHeard(Hello hello, boolean direct) implements CoreInput {}

  /** The PUBLISH of our hello was accepted by the target. */
  record HelloSaid(Target target) implements CoreInput {}

  /**
   * {@code SENTINEL IS-MASTER-DOWN-BY-ADDR} from a peer.
   *
   * @param ticket returned in {@link CoreAction.AnswerPeer}
   * @param candidate id that asks for our vote, or {@code *}
   */
  record PeerAsked(long ticket, NodeAddress master, long epoch, String candidate)
      implements CoreInput {}

  /**
   * A peer's answer.
   *
   * @param leader id the peer voted for, or {@code *}
   */
  record PeerAnswered(
      Target.Peer peer, String masterName, boolean down, String leader, long leaderEpoch)
      implements CoreInput {}

  /**
   * A peer's answer to {@link CoreAction.AskMembers}.
   *
   * @param replicas empty if it does not know the group either
   */
  record MembersTold(Target.Peer peer, String masterName, List<NodeAddress> replicas)
      implements CoreInput {
    public MembersTold {
      replicas = List.copyOf(replicas);
    }
  }

  /**
   * An operator's order.
   *
   * @param ticket returned in the one {@link CoreAction.AnswerOperator}
   */
  record Operator(long ticket, Order order) implements CoreInput {}

  /** The driver has looked up the name of a host; tells it before what uses it. */
  record HostResolved(String host, String ip) implements CoreInput {}

  /**
   * The last {@link CoreAction.Persist} failed; the actions after it that need it were not carried
   * out.
   */
  record PersistFailed() implements CoreInput {}

  /** A caller had trouble with this node: look now. */
  record Hint(String masterName, NodeAddress node) implements CoreInput {}
}
