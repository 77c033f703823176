package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.source.Holding.Finding;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what the voters tell to the node itself: it is asked before it is offered. News of a
 * switch is followed on the thread that heard it, so that no voter and no node that hangs delays
 * it. Thread-safe.
 */
final class Pursuit implements VoterEvents.Watcher {
  private static final Logger log = LoggerFactory.getLogger(Pursuit.class);
  private static final long MIN_EVENT_MILLIS = 200;
  private static final long MIN_TROUBLE_MILLIS = 1_000;
  private static final long SPREAD_MILLIS = 2_000;
  private static final long GAP_MILLIS = 10;
  private static final long FIRST_CHECK_MILLIS = 50;
  private static final int MAX_DOUBLINGS = 5;

  private final String owner;
  private final Holding holding;
  private final RoleCheck roles;
  private final Succession succession;
  private final Agenda agenda;
  private final Set<NodeAddress> asked = ConcurrentHashMap.newKeySet();
  private volatile Consumer<TopologySnapshot> sink = snapshot -> {};
  private volatile int refusals;

  Pursuit(String owner, int voters, RoleCheck roles, Succession succession, Agenda agenda) {
    this.owner = owner;
    this.holding = new Holding(voters);
    this.roles = roles;
    this.succession = succession;
    this.agenda = agenda;
  }

  void offerTo(Consumer<TopologySnapshot> newSink) {
    sink = newSink;
  }

  Holding holding() {
    return holding;
  }

  @Override
  public void listening() {
    agenda.askAll(0, SPREAD_MILLIS);
  }

  /** An announced switch is asked about at once; all else can wait until all are asked. */
  @Override
  public void heard(VoterEvent event, Subscription voter) {
    if (event.promoted().filter(p -> !holding.isVerified(p)).isPresent()) {
      Optional<Finding> news = voter.ask().flatMap(holding::news);
      news.ifPresent(this::followAlone);
      if (news.isEmpty()) {
        DaemonThreads.pause(GAP_MILLIS); // one that announces without end is not asked without end
      }
    }
    // what is announced of a master in trouble is mostly the next master, within a second
    long from = event.trouble() ? MIN_TROUBLE_MILLIS : MIN_EVENT_MILLIS;
    agenda.askAll(from, from + SPREAD_MILLIS);
  }

  /** What all these voters say together. */
  Optional<Finding> weigh(List<VoterAnswer> answers) {
    return holding.weigh(answers);
  }

  /** Offers it, if the node agrees. */
  void follow(Finding found) {
    boolean known = holding.isVerified(found.master());
    conclude(found, known ? Optional.of(true) : role(found.master()));
  }

  /**
   * What one voter tells alone: offered only if the node took over from the master that is believed
   * in, as that one says too, or does not deny. Else most voters have to tell it.
   */
  void followAlone(Finding found) {
    Optional<NodeAddress> held = holding.verifiedMaster();
    if (held.filter(found.master()::equals).isPresent()) {
      return; // another epoch of the same master: for most voters to tell
    }
    if (held.isEmpty()) {
      follow(found);
    } else if (succession.isProven(found.master(), held.get())) {
      conclude(found, Optional.of(true));
    } else {
      log.debug("[{}] {} is not proven to follow {}", owner, found.master(), held.get());
    }
  }

  /** When the latest failover that is told of cannot be true: what most voters say. */
  void followMost(List<VoterAnswer> answers) {
    holding
        .most(answers)
        .filter(found -> roles.of(found.master()) == RoleCheck.Role.MASTER)
        .ifPresent(found -> conclude(found, Optional.of(true)));
  }

  /**
   * Asks the believed master again. Once it was a master, silence alone does not take that away:
   * that is for the voters to judge.
   */
  void check() {
    holding.current().ifPresent(found -> conclude(found, role(found.master())));
  }

  /** Empty if another thread is asking it just now, or it cannot be reached. */
  private Optional<Boolean> role(NodeAddress node) {
    if (!asked.add(node)) {
      return Optional.empty();
    }
    try {
      RoleCheck.Role role = roles.of(node);
      log.debug("[{}] {} says it is {}", owner, node, role);
      return role == RoleCheck.Role.UNREACHABLE
          ? Optional.of(holding.isVerified(node))
          : Optional.of(role == RoleCheck.Role.MASTER);
    } finally {
      asked.remove(node);
    }
  }

  private void conclude(Finding found, Optional<Boolean> isMaster) {
    isMaster.flatMap(is -> holding.conclude(found, is)).ifPresent(sink);
    if (holding.isVerified()) {
      refusals = 0;
    } else {
      agenda.check(FIRST_CHECK_MILLIS << Math.min(refusals++, MAX_DOUBLINGS));
    }
  }
}
