package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.Entropy;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots for a JVM that is no voter. It listens to two of the voters; what they announce it asks
 * them about, and a master of a later epoch is offered as soon as the node itself has said that it
 * is one. Now and then it asks voters without being told to, over connections that do not stay.
 */
public final class ObserverSource implements SwitchoverSource {
  private static final Logger log = LoggerFactory.getLogger(ObserverSource.class);
  private static final int SUBSCRIPTIONS = 2;

  private final DaemonThreads threads;
  private final RoleCheck roles;
  private final Succession succession;
  private final VoterOrders orders;
  private final Agenda agenda;
  private final Pursuit pursuit;
  private final VoterPolls polls;
  private final ObserverRounds rounds;
  private final ObserverOpinions opinions;
  private final List<VoterEvents> events = new ArrayList<>();

  public ObserverSource(FailoverConfig group, Voters asked, MonotonicClock clock) {
    List<NodeAddress> voters = Entropy.shuffled(asked.addresses());
    VoterAccess access = asked.access(group.masterName());
    threads = new DaemonThreads(group.clientName());
    roles = new RoleCheck(group.clientConfig());
    orders = new VoterOrders(voters, access);
    agenda = new Agenda(clock);
    opinions = new ObserverOpinions(voters, clock);
    polls = new VoterPolls(group.clientName(), voters, access, opinions::told);
    succession = new Succession(group.clientConfig());
    pursuit = new Pursuit(group.clientName(), voters.size(), roles, succession, agenda);
    Seats seats = new Seats(voters);
    for (int i = 0; i < Math.min(SUBSCRIPTIONS, voters.size()); i++) {
      events.add(new VoterEvents(access, seats, clock, pursuit));
    }
    rounds = new ObserverRounds(group, voters.size(), polls, events, pursuit, agenda, clock);
  }

  @Override
  public void start(Consumer<TopologySnapshot> sink) {
    pursuit.offerTo(sink);
    for (int i = 0; i < events.size(); i++) {
      threads.start("voter-events-" + (i + 1), events.get(i));
    }
    threads.start("observe", this::observe);
  }

  private void observe() {
    try {
      Optional<Agenda.Task> task = agenda.await();
      while (task.isPresent()) {
        try {
          rounds.run(task.get());
        } catch (RuntimeException e) {
          log.error("[{}] a look at the voters failed, this is a defect", threads.owner(), e);
          rounds.rest(false);
        }
        task = agenda.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void hint(NodeAddress node) {
    rounds.hint(node);
  }

  @Override
  public Optional<String> switchover(Optional<NodeAddress> to, Duration limit) {
    return orders.switchover(to, limit);
  }

  @Override
  public Opinions opinions() {
    return opinions.now(pursuit.holding().verifiedMaster());
  }

  @Override
  public void close() {
    agenda.close();
    polls.close();
    events.forEach(VoterEvents::close);
    roles.close();
    succession.close();
    orders.close();
    threads.close();
  }
}
