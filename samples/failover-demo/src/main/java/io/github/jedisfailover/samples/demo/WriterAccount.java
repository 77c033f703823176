package io.github.jedisfailover.samples.demo;

import io.github.jedisfailover.exceptions.OutcomeUnknownException;
import io.github.jedisfailover.testing.RedisNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one writer was promised, to be compared with what the servers really hold. Each writer owns
 * three keys: a counter (INCR), a log of unique numbers (RPUSH) and a value (SET). Not thread-safe:
 * its writer fills it, and it is read after the writer has ended.
 */
final class WriterAccount {
  /** A write that threw. */
  record Failure(long startNanos, boolean outcomeUnknown, String message) {}

  /** A number in the log that was acknowledged. */
  private record Acknowledged(long number, long doneNanos) {}

  private final String name;
  private final List<Acknowledged> logged = new ArrayList<>();
  private final List<Long> refused = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private long increments;
  private long incrementsUnknown;
  private long lastCount;
  private long lastCountNanos;
  private long lastValue = -1;
  private long lastValueNanos;

  WriterAccount(String name) {
    this.name = name;
  }

  String counter() {
    return "demo:" + name + ":counter";
  }

  String log() {
    return "demo:" + name + ":log";
  }

  String value() {
    return "demo:" + name + ":value";
  }

  void counted(long count, long doneNanos) {
    increments++;
    lastCount = count;
    lastCountNanos = doneNanos;
  }

  void logged(long number, long doneNanos) {
    logged.add(new Acknowledged(number, doneNanos));
  }

  void stored(long number, long doneNanos) {
    lastValue = number;
    lastValueNanos = doneNanos;
  }

  void failed(WriteKind kind, long number, long startNanos, RuntimeException e) {
    boolean unknown = e instanceof OutcomeUnknownException;
    failures.add(new Failure(startNanos, unknown, kind + ": " + e));
    if (kind == WriteKind.INCR && unknown) {
      incrementsUnknown++;
    }
    if (kind == WriteKind.RPUSH && !unknown) {
      refused.add(number);
    }
  }

  List<Failure> failures() {
    return failures;
  }

  enum WriteKind {
    INCR,
    RPUSH,
    SET
  }

  /**
   * What the data says.
   *
   * @param lostBefore acknowledged before the switch and gone: the copy to the replicas is
   *     asynchronous
   * @param lostAfter acknowledged after the switch and gone: must not be
   * @param duplicates applied more often than it was asked for
   * @param ghosts reported as certainly not applied, and applied
   */
  record Verdict(long lostBefore, long lostAfter, long duplicates, long ghosts) {
    Verdict plus(Verdict other) {
      return new Verdict(
          lostBefore + other.lostBefore,
          lostAfter + other.lostAfter,
          duplicates + other.duplicates,
          ghosts + other.ghosts);
    }
  }

  Verdict check(RedisNode master, long switchNanos) {
    return checkLog(master, switchNanos)
        .plus(checkCounter(master, switchNanos))
        .plus(checkValue(master, switchNanos));
  }

  private Verdict checkLog(RedisNode master, long switchNanos) {
    Map<Long, Integer> found = new HashMap<>();
    for (Object entry : (List<?>) master.command("LRANGE", log(), "0", "-1")) {
      found.merge(Long.parseLong(entry.toString()), 1, Integer::sum);
    }
    long duplicates = found.values().stream().mapToLong(n -> n - 1).sum();
    long ghosts = refused.stream().filter(found::containsKey).count();
    List<Acknowledged> lost = logged.stream().filter(a -> !found.containsKey(a.number())).toList();
    long after = lost.stream().filter(a -> a.doneNanos() - switchNanos >= 0).count();
    return new Verdict(lost.size() - after, after, duplicates, ghosts);
  }

  private Verdict checkCounter(RedisNode master, long switchNanos) {
    long count = number(master.command("GET", counter()), 0);
    long surplus = Math.max(0, count - increments - incrementsUnknown);
    long lost = Math.max(0, increments - count);
    boolean lastIsNew = lastCountNanos - switchNanos >= 0;
    long after = lastIsNew ? Math.max(0, lastCount - count) : 0;
    return new Verdict(Math.max(0, lost - after), after, surplus, 0);
  }

  private Verdict checkValue(RedisNode master, long switchNanos) {
    boolean lost = number(master.command("GET", value()), -1) < lastValue;
    boolean after = lost && lastValueNanos - switchNanos >= 0;
    return new Verdict(lost && !after ? 1 : 0, after ? 1 : 0, 0, 0);
  }

  private static long number(Object reply, long missing) {
    return reply == null ? missing : Long.parseLong(reply.toString());
  }
}
