package io.github.jedisfailover.internal.monitor.core;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.Optional;

/**
 * Carries out an operator's orders and answers each once. Where Sentinel stores its configuration
 * first, the answer comes after the {@link CoreAction.Persist} of the same step.
 */
final class OperatorRule {
  static final String NO_SUCH_MASTER = "ERR No such master with that name";
  static final String NOT_SAVED = "ERR Failed to save config file. Check server logs.";
  private static final String CONFIGURED =
      "ERR this monitor is part of an application, which configures its masters";

  private final CoreState s;
  private final GroupRule groups;
  private final FailoverFlow flow;
  private final CandidateRule candidates;
  private final SetOrder sets;
  private final ConfigOrder configs;

  OperatorRule(CoreState state, GroupRule groups, FailoverFlow flow, CandidateRule candidates) {
    this.s = state;
    this.groups = groups;
    this.flow = flow;
    this.candidates = candidates;
    this.sets = new SetOrder(state);
    this.configs = new ConfigOrder(state);
  }

  void carryOut(long ticket, Order order) {
    if (order instanceof Order.Failover o) {
      failover(ticket, o);
    } else if (order instanceof Order.Switchover o) {
      switchover(ticket, o);
    } else if (order instanceof Order.Reset o) {
      reset(ticket, o);
    } else if (order instanceof Order.Monitor o) {
      monitor(ticket, o);
    } else if (order instanceof Order.Remove o) {
      remove(ticket, o);
    } else if (order instanceof Order.Set o) {
      set(ticket, o);
    } else if (order instanceof Order.FlushConfig) {
      store(ticket);
    } else if (order instanceof Order.ConfigSet o) {
      after(ticket, configs.set(o.words()));
    } else if (order instanceof Order.Debug o) {
      answer(ticket, configs.debug(o.words()));
    } else if (order instanceof Order.SimulateFailure o) {
      simulate(ticket, o);
    }
  }

  private void failover(long ticket, Order.Failover o) {
    Group g = s.groups.get(o.master());
    Optional<String> obstacle = obstacle(g, Optional.empty());
    if (obstacle.isPresent()) {
      refuse(ticket, obstacle.get());
    } else {
      answer(ticket, new OrderResult.Done());
      flow.force(g);
    }
  }

  private void switchover(long ticket, Order.Switchover o) {
    Group g = s.groups.get(o.master());
    Optional<NodeAddress> to = o.to().map(a -> g == null ? a : g.known(s.names, a));
    Optional<String> obstacle = obstacle(g, to);
    if (obstacle.isPresent()) {
      refuse(ticket, obstacle.get());
    } else if (g.master.sDown || !g.master.link.up()) {
      refuse(ticket, "ERR the master cannot be reached, it will be failed over if that lasts");
    } else if (!s.departures.handover()) {
      refuse(ticket, "ERR without the handover a switchover could lose writes: it is switched off");
    } else {
      g.asked = new Handover.Asked(ticket, g.master.address(), to);
      flow.force(g);
    }
  }

  private Optional<String> obstacle(Group g, Optional<NodeAddress> to) {
    if (g == null) {
      return Optional.of(NO_SUCH_MASTER);
    } else if (g.failingOver()) {
      return Optional.of("INPROG Failover already in progress");
    } else if (!s.remembers) {
      return Optional.of("ERR this monitor does not know its earlier votes yet, try again");
    } else if (candidates.best(g, to).isEmpty()) {
      return Optional.of("NOGOODSLAVE No suitable replica to promote");
    }
    return Optional.empty();
  }

  private void reset(long ticket, Order.Reset o) {
    long count =
        o.masters().stream().map(s.groups::get).filter(g -> g != null).peek(groups::reset).count();
    answer(ticket, new OrderResult.Count(count));
  }

  /**
   * In an application these would be gone with the next start, or be unknown to its clients. What
   * Sentinel itself would refuse is told in its words.
   */
  private void monitor(long ticket, Order.Monitor o) {
    if (o.port() < 1 || o.port() > 65_535) {
      refuse(ticket, "ERR Invalid port number.");
    } else if (s.groups.containsKey(o.master())) {
      refuse(ticket, "ERR Duplicate master name.");
    } else if (!s.discovers) {
      refuse(ticket, CONFIGURED);
    } else {
      MasterSettings settings =
          new MasterSettings(
              o.master(),
              o.quorum(),
              s.period(Period.DEFAULT_DOWN_AFTER),
              s.period(Period.DEFAULT_FAILOVER_TIMEOUT),
              1);
      groups.add(settings, new NodeAddress(o.host(), o.port()));
      store(ticket);
    }
  }

  private void remove(long ticket, Order.Remove o) {
    Group g = s.groups.get(o.master());
    if (g == null) {
      refuse(ticket, NO_SUCH_MASTER);
    } else if (!s.discovers) {
      refuse(ticket, CONFIGURED);
    } else {
      groups.remove(g);
      store(ticket);
    }
  }

  private void set(long ticket, Order.Set o) {
    Group g = s.groups.get(o.master());
    if (g == null) {
      refuse(ticket, NO_SUCH_MASTER);
      return;
    }
    SetOrder.Outcome outcome = sets.apply(g, o);
    if (outcome.error().isPresent()) {
      // as Sentinel: the error is told although the earlier pairs of the line stay
      answer(ticket, new OrderResult.Refused(outcome.error().get()));
      if (outcome.changed()) {
        s.persist();
      }
    } else {
      store(ticket);
    }
  }

  /** A process may be ended for a test; an application must not be. */
  private void simulate(long ticket, Order.SimulateFailure o) {
    if (!s.discovers) {
      refuse(ticket, "ERR a monitor inside an application does not crash");
      return;
    }
    s.simulated = o.flags();
    answer(ticket, new OrderResult.Done());
  }

  private void after(long ticket, OrderResult result) {
    if (result instanceof OrderResult.Done) {
      store(ticket);
    } else {
      answer(ticket, result);
    }
  }

  private void store(long ticket) {
    if (!s.remembers) {
      refuse(ticket, NOT_SAVED);
      return;
    }
    s.persist();
    s.awaitDisk.add(ticket);
    answer(ticket, new OrderResult.Done());
  }

  /** The answers after the barrier were not given: now they are errors. */
  void notStored() {
    s.awaitDisk.forEach(ticket -> refuse(ticket, NOT_SAVED));
    s.awaitDisk.clear();
  }

  private void refuse(long ticket, String text) {
    answer(ticket, new OrderResult.Refused(text));
  }

  private void answer(long ticket, OrderResult result) {
    s.act(new CoreAction.AnswerOperator(ticket, result));
  }
}
