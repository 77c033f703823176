package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.internal.runtime.WarnPace;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an observer asks by itself, and how often: seldom and one voter at a time while all is well
 * and events are heard, all voters every other second when something is wrong. Run by one thread.
 */
final class ObserverRounds {
  private static final Logger log = LoggerFactory.getLogger(ObserverRounds.class);
  private static final long ALERT_MILLIS = 10_000;
  private static final long CHECK_GAP_MILLIS = 100;

  private final FailoverConfig group;
  private final int voters;
  private final VoterPolls polls;
  private final List<VoterEvents> events;
  private final Pursuit pursuit;
  private final Holding holding;
  private final Agenda agenda;
  private final MonotonicClock clock;
  private final WarnPace warnings = new WarnPace();
  private volatile long alertUntil;
  private volatile long lastCheck;

  ObserverRounds(
      FailoverConfig group,
      int voters,
      VoterPolls polls,
      List<VoterEvents> events,
      Pursuit pursuit,
      Agenda agenda,
      MonotonicClock clock) {
    this.group = group;
    this.voters = voters;
    this.polls = polls;
    this.events = events;
    this.pursuit = pursuit;
    this.holding = pursuit.holding();
    this.agenda = agenda;
    this.clock = clock;
    this.alertUntil = clock.millis();
    this.lastCheck = clock.millis() - CHECK_GAP_MILLIS;
  }

  void run(Agenda.Task task) {
    switch (task) {
      case CHECK -> check();
      case ASK_ONE -> askOne();
      case ASK_ALL -> askAll();
    }
  }

  private void check() {
    lastCheck = clock.millis();
    pursuit.check();
  }

  /** Somebody had trouble with a node; a thousand such calls cost no more than one. */
  void hint(NodeAddress node) {
    long now = clock.millis();
    alertUntil = now + ALERT_MILLIS;
    if (holding.isVerified(node)) {
      agenda.check(Math.max(0, lastCheck + CHECK_GAP_MILLIS - now));
    }
    askAllAt(Pace.of(false, listening(), events.size(), true));
  }

  private void askAllAt(Pace pace) {
    agenda.askAll(pace.fromMillis(), pace.toMillis());
  }

  private int listening() {
    return (int) events.stream().filter(VoterEvents::isListening).count();
  }

  /** Only looks whether that voter knows anything else than what is believed. */
  private void askOne() {
    VoterPolls.Word word = polls.askOne();
    polls.release();
    if (word.silent()) {
      events.forEach(e -> e.leave(word.voter()));
    }
    word.answer().flatMap(holding::news).ifPresent(pursuit::followAlone);
    if (word.answer().filter(a -> !holding.agreesWith(a)).isPresent()) {
      askAllAt(Pace.TROUBLED);
    }
    rest(true);
  }

  /**
   * @param answered whether any voter answered the last time
   */
  void rest(boolean answered) {
    Pace pace = Pace.of(isWell(), listening(), events.size(), answered);
    if (pace == Pace.CALM) {
      agenda.askOne(pace.fromMillis(), pace.toMillis());
    } else {
      askAllAt(pace);
    }
  }

  private boolean isWell() {
    return holding.isSettled() && clock.millis() >= alertUntil;
  }

  private void askAll() {
    List<VoterAnswer> answers = polls.askAll(this::lookEarly);
    Optional<Holding.Finding> found = pursuit.weigh(answers);
    found.ifPresent(pursuit::follow);
    if (!holding.isVerified()) {
      pursuit.followMost(answers);
    }
    if (found.isEmpty()) {
      warnUnknown(answers);
    }
    if (isWell()) {
      polls.release();
    }
    rest(!answers.isEmpty());
    if (answers.stream().anyMatch(a -> holding.news(a).isPresent())) {
      askAllAt(Pace.TROUBLED); // one voter knows better, or lies
    }
  }

  /** A voter that hangs must not delay what the others know: a majority at first, then any news. */
  private void lookEarly(List<VoterAnswer> answers) {
    if (holding.isVerified()) {
      holding.news(answers.get(answers.size() - 1)).ifPresent(pursuit::followAlone);
    } else if (answers.size() == ObserverRule.majority(voters)) {
      pursuit.weigh(answers).ifPresent(pursuit::follow);
    }
  }

  private void warnUnknown(List<VoterAnswer> answers) {
    if (warnings.due(clock.millis())) {
      log.warn(
          "[{}] no new word on {} from the voters: {} of {} answer, epoch {} is known; {}",
          group.clientName(),
          group.masterName(),
          answers.size(),
          voters,
          holding.configEpoch(),
          polls.reasons());
    }
  }
}
