package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.internal.routing.CommandIntent;
import io.github.jedisfailover.internal.routing.RouteTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
  private final CallRetry.Attempts attempts;
  private final List<Lane> tried = new ArrayList<>(4);
  private long start; // moved on by the time that does not count
  private RouteTable<Lane> round;
  private long backoffMillis;
  private boolean exhausted;

  /**
   * @param turn moves the start among nodes that take turns
   * @param table of the first round
   * @param start when the call began
   * @param guard what a replica must have proven, {@code null} for nothing
   */
  CandidateRounds(
      CallContext context,
      CallRetry retry,
      CommandIntent intent,
      int turn,
      RouteTable<Lane> table,
      long start,
      ReadGuard.Call guard) {
    this.context = context;
    this.intent = intent;
    this.turn = turn;
    this.round = table;
    this.start = start;
    this.guard = guard;
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
      if (tried.contains(lane) || guard != null && !guard.admits(lane)) {
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

  /** Not again in this round; no failed attempt. */
  void skip(Lane lane) {
    tried.add(lane);
  }

  /**
   * Counts a failed attempt.
   *
   * @return whether there may be another one
   */
  boolean failed(Lane lane, RuntimeException failure) {
    tried.add(lane);
    backoffMillis = attempts.failed(failure);
    exhausted = backoffMillis < 0;
    return !exhausted;
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
