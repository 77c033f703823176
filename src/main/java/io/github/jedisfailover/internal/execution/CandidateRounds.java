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
  private final CallContext context;
  private final CommandIntent intent;
  private final int turn;
  private final long start;
  private final CallRetry.Attempts attempts;
  private final List<Lane> tried = new ArrayList<>(4);
  private RouteTable<Lane> round;
  private long backoffMillis;
  private boolean exhausted;
  private final Parking.Visit parked;

  CandidateRounds(CallContext context, CallRetry retry, CommandIntent intent, int turn) {
    this.context = context;
    this.intent = intent;
    this.turn = turn;
    this.start = context.clock().nanos();
    this.parked = context.watch().parking().visit("PIPELINE", start);
    this.attempts = retry.newCall();
    this.round = context.routes().table();
  }

  /**
   * The next node to try; waits for one.
   *
   * @return {@code null} when attempts or time have run out, or the client was closed
   * @throws redis.clients.jedis.exceptions.JedisException if interrupted
   */
  Lane next() {
    while (!exhausted && remainingNanos() > 0 && !context.closed().getAsBoolean()) {
      RouteTable<Lane> current = context.routes().table();
      if (current != round) {
        begin(current);
      }
      Lane lane = untried();
      if (lane != null) {
        return lane;
      }
      waitForNews();
    }
    return null;
  }

  private Lane untried() {
    Lane heldOut = null;
    for (int i = 0; i < round.candidates(intent); i++) {
      Lane lane = round.candidate(intent, turn, i);
      if (tried.contains(lane)) {
        continue;
      }
      if (lane.admits()) {
        return lane;
      }
      heldOut = heldOut == null ? lane : heldOut;
    }
    return heldOut; // a node that may be sick is better than no answer
  }

  void failed(Lane lane, RuntimeException failure) {
    tried.add(lane);
    noteTrouble();
    backoffMillis = attempts.failed(failure);
    exhausted = backoffMillis < 0;
  }

  private void noteTrouble() {
    if (intent == CommandIntent.MASTER_ONLY) {
      context.watch().troubled(start);
    }
  }

  /** All commands got what belongs to them from this node. */
  void succeeded(Lane lane) {
    if (intent == CommandIntent.MASTER_ONLY) {
      context.watch().wrote(lane.pool(), start);
    }
  }

  /** No more attempts follow. */
  void end() {
    parked.close();
  }

  private void begin(RouteTable<Lane> table) {
    round = table;
    tried.clear();
  }

  /** Ends early with any news; without a candidate nothing but news can help. */
  private void waitForNews() {
    parked.waits();
    noteTrouble();
    long left = remainingNanos();
    if (round.candidates(intent) > 0) {
      left = Math.min(left, Duration.ofMillis(Math.max(1, backoffMillis)).toNanos());
    }
    context.topology().awaitNewerThan(round.version(), Duration.ofNanos(Math.max(0, left)));
    begin(context.routes().table());
  }

  Duration remaining() {
    return Duration.ofNanos(Math.max(1, remainingNanos()));
  }

  private long remainingNanos() {
    return context.config().callTimeout().toNanos() - (context.clock().nanos() - start);
  }

  String spent() {
    long millis = (context.clock().nanos() - start) / 1_000_000;
    return millis + " ms (" + attempts.made() + " failed attempts)";
  }
}
