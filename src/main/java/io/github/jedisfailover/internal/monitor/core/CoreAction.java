package io.github.jedisfailover.internal.monitor.core;

import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.util.List;

/** What the driver must do, in the order given. */
public sealed interface CoreAction {
  /**
   * Whether this must not happen when a {@link Persist} before it in the same step has failed. What
   * only keeps the driver in step with the core must happen all the same: the core takes it for
   * done.
   */
  default boolean needsDisk() {
    return true;
  }

  /** Connect and keep connecting; report {@code LinkUp} and {@code LinkDown}. */
  record OpenLink(Target target) implements CoreAction {
    @Override
    public boolean needsDisk() {
      return false;
    }
  }

  /** Forget the link; nothing more is reported of it. */
  record CloseLink(Target target) implements CoreAction {
    @Override
    public boolean needsDisk() {
      return false;
    }
  }

  record Ping(Target target) implements CoreAction {}

  record AskInfo(Target target) implements CoreAction {}

  /** PUBLISH the hello on the target. */
  record SayHello(Target target, Hello hello) implements CoreAction {}

  /** {@code SENTINEL IS-MASTER-DOWN-BY-ADDR}; {@code candidate} is our id, or {@code *}. */
  record AskPeer(
      Target.Peer peer, String masterName, NodeAddress master, long epoch, String candidate)
      implements CoreAction {}

  /** Drop the connections of this link and connect again, with the settings that hold now. */
  record CutLink(Target target) implements CoreAction {
    @Override
    public boolean needsDisk() {
      return false;
    }
  }

  /** What to know of a group before its links are opened: credentials, renamed commands. */
  record UseSettings(MasterSettings settings) implements CoreAction {
    @Override
    public boolean needsDisk() {
      return false;
    }
  }

  /** Settings of the whole process have changed. */
  record UseGlobals(GlobalSettings global, Periods periods) implements CoreAction {
    @Override
    public boolean needsDisk() {
      return false;
    }
  }

  /** Look up the name of a host; {@link CoreInput.HostResolved} tells what was found. */
  record Resolve(String host) implements CoreAction {
    @Override
    public boolean needsDisk() {
      return false;
    }
  }

  /** The reply to a {@link CoreInput.Operator}. */
  record AnswerOperator(long ticket, OrderResult result) implements CoreAction {}

  /** End the process at once: an operator asked for a simulated failure. */
  record Crash(int status) implements CoreAction {}

  /** A line for the log that is no event. */
  record Note(Level level, String text) implements CoreAction {
    @Override
    public boolean needsDisk() {
      return false;
    }
  }

  /** {@code SENTINEL REPLICAS}: which nodes the peer knows to belong to the group. */
  record AskMembers(Target.Peer peer, String masterName) implements CoreAction {}

  /** The reply to a {@link CoreInput.PeerAsked}. */
  record AnswerPeer(long ticket, boolean down, String leader, long leaderEpoch)
      implements CoreAction {}

  /** {@code SCRIPT KILL}: a script keeps the node from answering. */
  record KillScript(Target.Redis target) implements CoreAction {}

  /** Runs a program of the operator's; it may fail, and be repeated, without the core's notice. */
  record RunScript(Kind kind, String path, List<String> arguments) implements CoreAction {
    /** Which of the two settings it comes from. */
    public enum Kind {
      NOTIFICATION,
      CLIENT_RECONFIG
    }

    public RunScript {
      arguments = List.copyOf(arguments);
    }

    @Override
    public boolean needsDisk() {
      return false;
    }
  }

  /** {@code SLAVEOF NO ONE} in the transaction of the spec. */
  record MakeMaster(Target.Redis target) implements CoreAction {}

  /** {@code SLAVEOF host port} in the transaction of the spec. */
  record MakeReplicaOf(Target.Redis target, NodeAddress master) implements CoreAction {}

  /**
   * {@code CLIENT PAUSE millis WRITE}; {@link CoreInput.WritesPaused} tells what came of it, and an
   * INFO that was read after it follows.
   */
  record PauseWrites(Target.Redis target, long millis) implements CoreAction {}

  /** {@code CLIENT UNPAUSE}. */
  record ResumeWrites(Target.Redis target) implements CoreAction {
    @Override
    public boolean needsDisk() {
      return false;
    }
  }

  /**
   * {@code SLAVEOF host port} that spares the clients, and the end of the pause: what waited in it
   * is refused as by any replica.
   */
  record StepDown(Target.Redis target, NodeAddress master) implements CoreAction {}

  /**
   * {@code CLIENT KILL}, as in the other changes of a role, but after the clients were answered.
   */
  record DismissClients(Target.Redis target) implements CoreAction {}

  /**
   * Store before any later action of this step is carried out; on failure drop those that need it.
   */
  record Persist(PersistentState state) implements CoreAction {}

  /** A new view of one group, for the clients in this JVM. */
  record PublishTopology(String masterName, TopologySnapshot snapshot) implements CoreAction {
    @Override
    public boolean needsDisk() {
      return false;
    }
  }

  /** An event, with Sentinel's name and payload. */
  record Report(String masterName, Level level, String name, String payload) implements CoreAction {
    @Override
    public boolean needsDisk() {
      return false;
    }
  }

  /** Sentinel's log level of an event. */
  enum Level {
    WARNING,
    NOTICE,
    VERBOSE,
    DEBUG
  }
}
