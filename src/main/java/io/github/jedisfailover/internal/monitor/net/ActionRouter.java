package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.PersistentState;
import java.io.IOException;
import java.util.function.Consumer;

/** Sends each action of the core to whoever carries it out. */
final class ActionRouter implements ActionSink {
  private final LinkSet links;
  private final VoteStore store;
  private final RespListener listener;
  private final Reports reports;
  private final Consumer<CoreAction.PublishTopology> topologies;
  private final Consumer<CoreAction> process;

  /**
   * @param process carries out what only a process of its own can: scripts, a crash, names, and
   *     settings that were changed by an operator
   */
  ActionRouter(
      LinkSet links,
      VoteStore store,
      RespListener listener,
      Reports reports,
      Consumer<CoreAction.PublishTopology> topologies,
      Consumer<CoreAction> process) {
    this.process = process;
    this.links = links;
    this.store = store;
    this.listener = listener;
    this.reports = reports;
    this.topologies = topologies;
  }

  @Override
  public void store(PersistentState state) throws IOException {
    store.save(state);
  }

  @Override
  public void carryOut(CoreAction action) {
    if (action instanceof CoreAction.OpenLink open) {
      links.open(open.target());
    } else if (action instanceof CoreAction.CloseLink close) {
      links.close(close.target());
    } else if (action instanceof CoreAction.CutLink cut) {
      links.cut(cut.target());
    } else if (action instanceof CoreAction.AnswerPeer answer) {
      listener.answer(answer);
    } else if (action instanceof CoreAction.AnswerOperator answer) {
      listener.answer(answer);
    } else if (action instanceof CoreAction.Note note) {
      reports.note(note);
    } else if (action instanceof CoreAction.PublishTopology topology) {
      topologies.accept(topology);
    } else if (action instanceof CoreAction.Report report) {
      reports.report(report);
      if (report.level() != CoreAction.Level.DEBUG) {
        listener.publish(report.name(), report.payload());
      }
    } else if (action instanceof CoreAction.RunScript
        || action instanceof CoreAction.Crash
        || action instanceof CoreAction.Resolve
        || action instanceof CoreAction.UseSettings
        || action instanceof CoreAction.UseGlobals) {
      process.accept(action);
    } else {
      toLink(action);
    }
  }

  private void toLink(CoreAction action) {
    if (action instanceof CoreAction.Ping ping) {
      links.offer(ping.target(), ping);
    } else if (action instanceof CoreAction.AskInfo ask) {
      links.offer(ask.target(), ask);
    } else if (action instanceof CoreAction.SayHello hello) {
      links.offer(hello.target(), hello);
    } else if (action instanceof CoreAction.AskPeer ask) {
      links.offer(ask.peer(), ask);
    } else if (action instanceof CoreAction.AskMembers ask) {
      links.offer(ask.peer(), ask);
    } else if (action instanceof CoreAction.KillScript order) {
      links.offer(order.target(), order);
    } else if (action instanceof CoreAction.PauseWrites order) {
      links.offer(order.target(), order);
    } else if (action instanceof CoreAction.ResumeWrites order) {
      links.offer(order.target(), order);
    } else if (action instanceof CoreAction.StepDown order) {
      links.offer(order.target(), order);
    } else if (action instanceof CoreAction.DismissClients order) {
      links.offer(order.target(), order);
    } else if (action instanceof CoreAction.MakeMaster order) {
      links.offer(order.target(), order);
    } else if (action instanceof CoreAction.MakeReplicaOf order) {
      links.offer(order.target(), order);
    }
  }
}
