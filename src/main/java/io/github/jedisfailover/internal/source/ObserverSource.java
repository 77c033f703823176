package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.internal.runtime.WarnPace;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Snapshots for a JVM that is no voter: asks all voters, believes the latest failover, and offers a
 * master only after the node itself has said that it is one.
 */
public final class ObserverSource implements SwitchoverSource {
  private static final Logger log = LoggerFactory.getLogger(ObserverSource.class);
  private static final int MAX_SUBSCRIPTIONS = 5;
  private static final long ROUND_MILLIS = 1_200;
  private static final long GRACE_MILLIS = 150;
  private static final long CALM_MILLIS = 5_000;
  private static final long UNSURE_MILLIS = 1_000;
  private static final long URGENT_MILLIS = 100;
  private static final long ALERT_MILLIS = 10_000;
  private static final long MIN_GAP_MILLIS = 10;

  private final String masterName;
  private final List<NodeAddress> voters;
  private final MonotonicClock clock;
  private final DaemonThreads threads;
  private final Rounds rounds;
  private final RoleCheck roles;
  private final VoterOrders orders;
  private final List<VoterClient> clients = new ArrayList<>();
  private final List<VoterEvents> events = new ArrayList<>();
  private volatile long alertUntil = Long.MIN_VALUE;
  private volatile NodeAddress recheck;

  private Consumer<TopologySnapshot> sink;
  private TopologySnapshot offered = TopologySnapshot.UNKNOWN;
  private long believedEpoch = -1;
  private NodeAddress verified;
  private final WarnPace warnings = new WarnPace();
  private volatile NodeAddress offeredMaster;

  public ObserverSource(FailoverConfig group, MonitorConfig config, MonotonicClock clock) {
    this.masterName = group.masterName();
    this.voters = config.voters();
    this.clock = clock;
    this.threads = new DaemonThreads(group.clientName());
    this.rounds = new Rounds(voters.size());
    this.roles = new RoleCheck(group.clientConfig());
    Optional<String> password = config.listener().requirePass();
    this.orders = new VoterOrders(voters, masterName, password);
    for (NodeAddress voter : voters) {
      clients.add(new VoterClient(voter, masterName, password));
      if (events.size() < MAX_SUBSCRIPTIONS) {
        events.add(new VoterEvents(voter, password, rounds::poke));
      }
    }
  }

  @Override
  public void start(Consumer<TopologySnapshot> newSink) {
    sink = newSink;
    for (int i = 0; i < clients.size(); i++) {
      NodeAddress voter = voters.get(i);
      VoterClient client = clients.get(i);
      threads.start("voter-" + voter, () -> answerRounds(voter, client));
    }
    for (int i = 0; i < events.size(); i++) {
      threads.start("voter-events-" + voters.get(i), events.get(i));
    }
    threads.start("observe", this::observe);
  }

  private void answerRounds(NodeAddress voter, VoterClient client) {
    try {
      long round = rounds.awaitRoundAfter(0);
      while (round > 0) {
        rounds.answered(round, voter, ask(voter, client));
        round = rounds.awaitRoundAfter(round);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private VoterAnswer ask(NodeAddress voter, VoterClient client) {
    try {
      return client.ask().orElse(null);
    } catch (JedisException | IllegalArgumentException e) {
      log.debug("[{}] voter {}: {}", threads.owner(), voter, e.getMessage());
      return null;
    }
  }

  private void observe() {
    try {
      boolean open = true;
      while (open) {
        long wait = UNSURE_MILLIS;
        try {
          wait = look();
        } catch (RuntimeException e) {
          log.error("[{}] a look at the voters failed, this is a defect", threads.owner(), e);
        }
        // the small gap bounds the rate when hints and events come by the thousand
        open = rounds.awaitPoke(wait) && DaemonThreads.pause(MIN_GAP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One round; returns how long to rest after it. */
  private long look() throws InterruptedException {
    NodeAddress doubted = recheck;
    recheck = null;
    List<VoterAnswer> answers = rounds.ask(ROUND_MILLIS, GRACE_MILLIS);
    if (rounds.isClosed()) {
      return 0;
    }
    Optional<ObserverRule.Belief> belief =
        ObserverRule.believe(answers, believedEpoch, voters.size());
    if (belief.isEmpty()) {
      warnUnknown(answers);
      return UNSURE_MILLIS;
    }
    ObserverRule.Belief news = belief.get();
    boolean isMaster = isMaster(news.master(), doubted);
    if (news.configEpoch() < believedEpoch && !isMaster) {
      return UNSURE_MILLIS; // forgetful voters are followed only to a node that agrees
    }
    believedEpoch = news.configEpoch();
    verified = isMaster ? news.master() : null;
    offer(news, isMaster);
    if (!isMaster || news.masterDown()) {
      return URGENT_MILLIS;
    }
    boolean calm = answers.size() == voters.size() && clock.millis() >= alertUntil;
    return calm ? CALM_MILLIS : UNSURE_MILLIS;
  }

  /**
   * A node is asked before it is offered, and again when a caller had trouble with it. Once it was
   * a master, silence alone does not take that away: that is for the voters to judge.
   */
  private boolean isMaster(NodeAddress candidate, NodeAddress doubted) {
    boolean known = candidate.equals(verified);
    if (known && !candidate.equals(doubted)) {
      return true;
    }
    RoleCheck.Role role = roles.of(candidate);
    if (role != RoleCheck.Role.MASTER) {
      log.debug("[{}] {} says it is {}", threads.owner(), candidate, role);
    }
    return role == RoleCheck.Role.MASTER || known && role == RoleCheck.Role.UNREACHABLE;
  }

  private void offer(ObserverRule.Belief news, boolean isMaster) {
    List<NodeView> nodes = news.nodes(isMaster);
    long epoch = Math.max(offered.version().configEpoch(), news.configEpoch());
    boolean same = nodes.equals(offered.nodes()) && epoch == offered.version().configEpoch();
    if (same && offered.version().sequence() > 0) {
      return;
    }
    offeredMaster = isMaster ? news.master() : null;
    // never a lower version, whatever the voters forgot: receivers drop those
    offered =
        new TopologySnapshot(
            new TopologySnapshot.Version(epoch, offered.version().sequence() + 1), nodes);
    sink.accept(offered);
  }

  private void warnUnknown(List<VoterAnswer> answers) {
    if (warnings.due(clock.millis())) {
      log.warn(
          "[{}] no new word on {} from the voters: {} of {} answer, epoch {} is known",
          threads.owner(),
          masterName,
          answers.size(),
          voters.size(),
          believedEpoch);
    }
  }

  @Override
  public void hint(NodeAddress node) {
    alertUntil = clock.millis() + ALERT_MILLIS;
    if (node.equals(offeredMaster)) {
      recheck = node;
    }
    rounds.poke();
  }

  /** Voters know no word for the replica that should be chosen. */
  @Override
  public Optional<String> switchover(Optional<NodeAddress> to, Duration limit) {
    return to.isPresent()
        ? Optional.of("ERR an observer cannot choose the replica: voters take no target")
        : orders.failover();
  }

  @Override
  public void close() {
    rounds.close();
    clients.forEach(VoterClient::close);
    events.forEach(VoterEvents::close);
    roles.close();
    orders.close();
    threads.close();
  }
}
