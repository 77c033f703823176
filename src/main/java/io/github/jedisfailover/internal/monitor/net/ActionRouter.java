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

  ActionRouter(
      LinkSet links,
      VoteStore store,
      RespListener listener,
      Reports reports,
      Consumer<CoreAction.PublishTopology> topologies) {
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
        listener.publish(report.name(), report.payload()); // as Sentinel: for the log only
      }
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
    } else if (action instanceof CoreAction.MakeMaster order) {
      links.offer(order.target(), order);
    } else if (action instanceof CoreAction.MakeReplicaOf order) {
      links.offer(order.target(), order);
    }
  }
}
