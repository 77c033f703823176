package io.github.jedisfailover.internal.monitor.core.sim;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.InfoReport;
import io.github.jedisfailover.internal.monitor.core.Target;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The Redis nodes' side: what they do when a command of a monitor arrives. */
final class SimServers {
  private final SimWorld w;

  SimServers(SimWorld world) {
    this.w = world;
  }

  void command(SimMonitor m, int life, CoreAction action) {
    Target.Redis target;
    if (action instanceof CoreAction.Ping a) {
      target = (Target.Redis) a.target();
      w.input(m, life, new CoreInput.PingSent(target));
    } else if (action instanceof CoreAction.AskInfo a) {
      target = (Target.Redis) a.target();
    } else if (action instanceof CoreAction.SayHello a) {
      target = (Target.Redis) a.target();
      w.invariants.told(a.hello());
    } else if (action instanceof CoreAction.MakeMaster a) {
      target = a.target();
      w.invariants.promoted(m.index, m.id, SimWorld.GROUP, m.epochOfTry);
    } else if (action instanceof CoreAction.MakeReplicaOf a) {
      target = a.target();
    } else if (action instanceof CoreAction.PauseWrites a) {
      target = a.target();
    } else if (action instanceof CoreAction.ResumeWrites a) {
      target = a.target();
    } else if (action instanceof CoreAction.StepDown a) {
      target = a.target();
    } else {
      return;
    }
    SimRedis node = w.nodes.get(target.address());
    w.send(m.address, target.address(), () -> arrive(m, life, node, target, action));
  }

  private void arrive(
      SimMonitor m, int life, SimRedis node, Target.Redis target, CoreAction action) {
    if (!node.alive) {
      return;
    }
    if (node.frozen(w.now)) {
      w.at(node.frozenUntil - w.now, () -> arrive(m, life, node, target, action));
      return;
    }
    if (action instanceof CoreAction.Ping) {
      reply(node, m, life, new CoreInput.Pong(target, "PONG"));
    } else if (action instanceof CoreAction.SayHello a) {
      reply(node, m, life, new CoreInput.HelloSaid(target));
      publish(node, a);
    } else if (action instanceof CoreAction.MakeMaster) {
      node.lead();
      replyInfo(node, m, life, target);
    } else if (action instanceof CoreAction.MakeReplicaOf a) {
      node.follow(a.master(), w.now);
      replyInfo(node, m, life, target);
    } else if (action instanceof CoreAction.PauseWrites a) {
      node.pausedUntil = w.now + a.millis();
      answerInOrder(node, m, life, target, new CoreInput.WritesPaused(target, ""));
    } else if (action instanceof CoreAction.ResumeWrites) {
      node.pausedUntil = 0;
    } else if (action instanceof CoreAction.StepDown a) {
      w.handovers++;
      w.lostInHandover += Math.max(0, node.offset - w.nodes.get(a.master()).offset);
      node.follow(a.master(), w.now);
      node.pausedUntil = 0;
      replyInfo(node, m, life, target);
    } else {
      replyInfo(node, m, life, target);
    }
  }

  /** One connection: what is read after an answer does not overtake it. */
  private void answerInOrder(
      SimRedis node, SimMonitor m, int life, Target.Redis target, CoreInput first) {
    InfoReport info = node.info(replicasOf(node), w.now);
    w.send(
        node.address,
        m.address,
        () -> {
          w.input(m, life, first);
          w.input(m, life, new CoreInput.InfoRead(target, info));
        });
  }

  private List<NodeAddress> replicasOf(SimRedis node) {
    return w.nodeOrder.stream()
        .filter(a -> w.nodes.get(a).alive && node.address.equals(w.nodes.get(a).masterAddress))
        .toList();
  }

  private void replyInfo(SimRedis node, SimMonitor m, int life, Target.Redis target) {
    reply(node, m, life, new CoreInput.InfoRead(target, node.info(replicasOf(node), w.now)));
  }

  private void reply(SimRedis node, SimMonitor m, int life, CoreInput input) {
    w.send(node.address, m.address, () -> w.input(m, life, input));
  }

  private void publish(SimRedis node, CoreAction.SayHello a) {
    Set<NodeAddress> through = new HashSet<>();
    through.add(node.address);
    for (NodeAddress n : w.nodeOrder) {
      if (node.address.equals(w.nodes.get(n).masterAddress) && w.nodes.get(n).linkUp) {
        through.add(n);
      }
    }
    for (NodeAddress n : w.nodeOrder) {
      if (!through.contains(n)) {
        continue;
      }
      for (SimMonitor to : w.monitors) {
        Target.Redis link = new Target.Redis(SimWorld.GROUP, n);
        if (to.alive && Boolean.TRUE.equals(to.links.get(link))) {
          int toLife = to.life;
          w.send(
              n, to.address, () -> w.input(to, toLife, new CoreInput.HelloHeard(a.hello(), false)));
        }
      }
    }
  }

  void replicate() {
    for (NodeAddress a : w.nodeOrder) {
      SimRedis node = w.nodes.get(a);
      if (!node.alive || node.frozen(w.now)) {
        continue;
      }
      if (node.masterAddress == null) {
        int written = w.random.nextInt(10);
        node.offset += w.now < node.pausedUntil ? 0 : written;
      } else {
        SimRedis master = w.nodes.get(node.masterAddress);
        boolean reach =
            master != null
                && master.alive
                && !master.frozen(w.now)
                && w.connected(a, node.masterAddress);
        node.replicate(reach ? master : null, w.now);
      }
    }
    w.at(50, this::replicate);
  }
}
