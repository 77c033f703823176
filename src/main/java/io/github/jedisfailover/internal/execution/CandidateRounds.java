package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.internal.routing.CommandIntent;
import io.github.jedisfailover.internal.routing.RouteTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The nodes that one call may try, one after the other, until its deadline. A round asks each
 * candidate of the current table once; after it the call waits for news of the topology, at most
 * for the back-off. Not thread-safe: one per call.
 */
final class CandidateRounds {
  /** A proof comes without news of the topology. */
  private static final long PROOF_MILLIS = 5;

  private final CallContext context;
  private final CommandIntent intent;
  private final int turn;
  private final ReadGuard.Call guard;
  private final Supplier<String> what;
  private final CallRetry.Attempts attempts;
  private final List<Lane> tried = new ArrayList<>(4);
  private long start; // moved on by the time that does not count
  private RouteTable<Lane> round;
  private long backoffMillis;
  private boolean exhausted;
  private Parking.Visit parked; // null until the call has to wait
  private boolean toldStale;

  /**
   * @param turn moves the start among nodes that take turns
   * @param table of the first round
   * @param start when the call began
   * @param guard what a replica must have proven, {@code null} for nothing
   * @param what name of the call for people, asked for if it has to wait
   */
  CandidateRounds(
      CallContext context,
      CallRetry retry,
      CommandIntent intent,
      int turn,
      RouteTable<Lane> table,
      long start,
      ReadGuard.Call guard,
      Supplier<String> what) {
    this.context = context;
    this.intent = intent;
    this.turn = turn;
    this.round = table;
    this.start = start;
    this.guard = guard;
    this.what = what;
    this.attempts = retry.newCall();
  }

  /**
   * The next node to try; waits for one.
   *
   * @return {@code null} when attempts or time have run out, or the client was closed
   * @throws redis.clients.jedis.exceptions.JedisException if interrupted
   */
  Lane next() {
    while (!exhausted && remainingNanos() > 0 && !context.closed().getAsBoolean()) {
      Lane lane = candidate();
      if (lane != null) {
        return lane;
      }
      awaitNews(Long.MAX_VALUE);
    }
    return null;
  }

  /**
   * The next node of this round; held-out nodes only when no other is left to try.
   *
   * @return {@code null} when the round is over
   */
  Lane candidate() {
    RouteTable<Lane> current = context.routes().table();
    if (current != round) {
      begin(current);
    }
    Lane heldOut = null;
    for (int i = 0; i < round.candidates(intent); i++) {
      Lane lane = round.candidate(intent, turn, i);
      if (tried.contains(lane)) {
        continue;
      }
      if (guard != null && !guard.admits(lane)) {
        noteStale();
        continue;
      }
      if (lane.admits()) {
        return lane;
      }
      heldOut = heldOut == null ? lane : heldOut;
    }
    return heldOut != null ? heldOut : lastResort(); // may be sick, but better than no answer
  }

  private Lane lastResort() {
    Lane master = round.master();
    boolean needed = guard != null && guard.fallsBackToMaster() && master != null;
    return needed && !tried.contains(master) ? master : null;
  }

  /** Its reply came too late to be fresh: not again in this round, but no failed attempt. */
  void skip(Lane lane) {
    noteStale();
    tried.add(lane);
  }

  /**
   * Counts a failed attempt.
   *
   * @return whether there may be another one
   */
  boolean failed(Lane lane, RuntimeException failure) {
    noteTrouble();
    tried.add(lane);
    backoffMillis = attempts.failed(failure);
    exhausted = backoffMillis < 0;
    return !exhausted;
  }

  /** The node answered what the call is about. */
  void succeeded(Lane lane) {
    if (intent == CommandIntent.MASTER_ONLY) {
      context.watch().wrote(lane.pool(), start);
    }
  }

  private void noteTrouble() {
    if (intent == CommandIntent.MASTER_ONLY) {
      context.watch().troubled(start);
    }
  }

  /** Once per read, however many replicas it finds too far behind. */
  private void noteStale() {
    if (!toldStale) {
      toldStale = true;
      context.watch().tooStale();
    }
  }

  /** The call counts as one that waits from here to its end. */
  private void park() {
    if (parked == null) {
      parked = context.watch().parking().visit(what.get(), start);
      parked.waits();
      noteTrouble();
    }
  }

  /** The call is over. */
  void end() {
    if (parked != null) {
      parked.close();
      parked = null;
    }
  }

  private void begin(RouteTable<Lane> table) {
    round = table;
    tried.clear();
  }

  /**
   * Ends early with any news; without a candidate nothing but news can help.
   *
   * @param mostNanos longest wait, beside the deadline
   */
  void awaitNews(long mostNanos) {
    park();
    long left = Math.min(remainingNanos(), mostNanos);
    if (round.candidates(intent) > 0 || !tried.isEmpty()) {
      long pause = Math.max(guard == null ? 1 : PROOF_MILLIS, backoffMillis);
      left = Math.min(left, Duration.ofMillis(pause).toNanos());
    }
    context.topology().awaitNewerThan(round.version(), Duration.ofNanos(Math.max(0, left)));
    begin(context.routes().table());
  }

  /** Moves the deadline. */
  void forgive(long nanos) {
    start += nanos;
  }

  Duration remaining() {
    return Duration.ofNanos(Math.max(1, remainingNanos()));
  }

  long remainingNanos() {
    return context.config().callTimeout().toNanos() - (context.clock().nanos() - start);
  }

  CommandIntent intent() {
    return intent;
  }

  ReadGuard.Call guard() {
    return guard;
  }

  /** The table of this round. */
  RouteTable<Lane> round() {
    return round;
  }

  String spent() {
    long millis = (context.clock().nanos() - start) / 1_000_000;
    return millis + " ms (" + attempts.made() + " attempts)";
  }
}
