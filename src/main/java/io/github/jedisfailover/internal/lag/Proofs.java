package io.github.jedisfailover.internal.lag;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is proven of each replica under one master. Immutable.
 *
 * <p>The master is asked for its offset at a moment. A replica that reports the same history and at
 * least this offset, before or after, contains all that the master had at that moment: its proof is
 * of that moment. Answers of nodes under another master than the current one count for nothing.
 */
public final class Proofs {
  /** Before anything is known. */
  public static final Proofs NONE = new Proofs(new Reign(0, null), List.of(), Map.of());

  private static final int MOST_SAMPLES = 64;

  /** A measurement of bytes says nothing later than this. */
  private static final long BYTES_VALID_NANOS = 1_000_000_000L;

  /** For people: a figure that is older than this is none. */
  private static final long BEHIND_VALID_NANOS = 30_000_000_000L;

  /**
   * Under which master something was asked.
   *
   * @param epoch of the failover that made it
   * @param master {@code null} while there is none
   */
  public record Reign(long epoch, NodeAddress master) {}

  /**
   * What a replica said last, and what it proves.
   *
   * @param position what it has run
   * @param progress all it said
   * @param askedNanos when it was asked; the process that answered is the one of all connections
   *     that were made before
   * @param proven whether {@code provenNanos} counts
   * @param provenNanos it contains all that the master had at this moment
   */
  public record Standing(
      Position position, Progress progress, long askedNanos, boolean proven, long provenNanos) {}

  private record Sample(long atNanos, long offset) {}

  private final Reign reign;
  private final String history;
  private final List<Sample> samples; // oldest first, all of one history
  private final Map<NodeAddress, Standing> standings;

  private Proofs(Reign reign, List<Sample> samples, Map<NodeAddress, Standing> standings) {
    this(reign, "", samples, standings);
  }

  private Proofs(
      Reign reign, String history, List<Sample> samples, Map<NodeAddress, Standing> standings) {
    this.reign = reign;
    this.history = history;
    this.samples = samples;
    this.standings = standings;
  }

  public Reign reign() {
    return reign;
  }

  /** A new reign begins without a proof: what a replica had of another master is no measure. */
  public Proofs under(Reign now) {
    return now.equals(reign) ? this : new Proofs(now, List.of(), Map.of());
  }

  /**
   * Takes an answer.
   *
   * @param asked the reign when the node was asked
   * @param askedNanos before the question was sent
   */
  public Proofs told(Reign asked, NodeAddress node, long askedNanos, Progress progress) {
    if (!asked.equals(reign)) {
      return this;
    }
    return node.equals(reign.master())
        ? masterSaid(askedNanos, progress)
        : replicaSaid(node, askedNanos, progress);
  }

  private Proofs masterSaid(long askedNanos, Progress progress) {
    if (progress.kind() != Progress.Kind.MASTER) {
      return new Proofs(reign, List.of(), Map.of()); // demoted: it proves nothing
    }
    Position position = progress.position();
    Sample sample = new Sample(askedNanos, position.offset());
    if (!position.history().equals(history)) {
      return new Proofs(reign, position.history(), List.of(sample), Map.of());
    }
    Map<NodeAddress, Standing> next = new HashMap<>();
    standings.forEach((node, known) -> next.put(node, provenBy(sample, known)));
    return new Proofs(reign, history, thinned(sample), next);
  }

  private static Standing provenBy(Sample sample, Standing known) {
    return known.position().offset() < sample.offset()
        ? known
        : new Standing(
            known.position(), known.progress(), known.askedNanos(), true, sample.atNanos());
  }

  /** When full leaves one out: the further back, the further apart. */
  private List<Sample> thinned(Sample newest) {
    List<Sample> next = new ArrayList<>(samples);
    if (next.size() >= MOST_SAMPLES) {
      next.remove(leastMissed(newest.atNanos()));
    }
    next.add(newest);
    return next;
  }

  /** The one that leaves the smallest gap for its age. */
  private int leastMissed(long nowNanos) {
    int least = 1;
    double smallest = Double.MAX_VALUE;
    for (int i = 1; i < samples.size() - 1; i++) {
      double gap = samples.get(i + 1).atNanos() - samples.get(i - 1).atNanos();
      double share = gap / Math.max(1, nowNanos - samples.get(i).atNanos());
      if (share < smallest) {
        smallest = share;
        least = i;
      }
    }
    return least;
  }

  private Proofs replicaSaid(NodeAddress node, long askedNanos, Progress progress) {
    Standing known = standings.get(node);
    if (known != null && askedNanos - known.askedNanos() < 0) {
      return this; // overtaken by a later question
    }
    boolean ours = progress.position().history().equals(history);
    if (ours && progress.kind() == Progress.Kind.CUT_OFF) {
      return this; // it keeps what it had
    }
    Map<NodeAddress, Standing> next = new HashMap<>(standings);
    if (ours && progress.kind() == Progress.Kind.IN_STEP) {
      next.put(node, standing(askedNanos, progress));
    } else {
      next.remove(node);
    }
    return new Proofs(reign, history, samples, next);
  }

  private Standing standing(long askedNanos, Progress progress) {
    Position position = progress.position();
    for (int i = samples.size() - 1; i >= 0; i--) {
      if (samples.get(i).offset() <= position.offset()) {
        return new Standing(position, progress, askedNanos, true, samples.get(i).atNanos());
      }
    }
    return new Standing(position, progress, askedNanos, false, 0);
  }

  /** What is known of a replica, {@code null} if nothing is. */
  public Standing standing(NodeAddress node) {
    return standings.get(node);
  }

  /**
   * How far a replica was behind when it was measured last.
   *
   * @param bytes of the replication stream that it did not have
   * @param timed whether {@code nanos} counts
   * @param nanos since the master had no more than it; 0 if nothing was missing
   */
  public record Behind(long bytes, boolean timed, long nanos) {}

  /** Empty if it was not measured lately. */
  public Optional<Behind> behind(NodeAddress node, long nowNanos) {
    Standing known = standings.get(node);
    if (known == null || samples.isEmpty()) {
      return Optional.empty();
    }
    Sample newest = samples.get(samples.size() - 1);
    if (nowNanos - newest.atNanos() > BEHIND_VALID_NANOS) {
      return Optional.empty();
    }
    long bytes = Math.max(0, newest.offset() - known.position().offset());
    long nanos = bytes == 0 ? 0 : Math.max(0, newest.atNanos() - known.provenNanos());
    return Optional.of(new Behind(bytes, bytes == 0 || known.proven(), nanos));
  }

  /** Whether the replica is known to have what is needed. */
  public boolean satisfies(NodeAddress node, Need need, long nowNanos) {
    Standing known = standings.get(node);
    if (known == null) {
      return need.isNothing();
    }
    return inTime(known, need, nowNanos) && inBytes(known, need, nowNanos) && reaches(known, need);
  }

  private static boolean inTime(Standing known, Need need, long nowNanos) {
    return need.maxLagNanos() < 0
        || (known.proven() && nowNanos - known.provenNanos() <= need.maxLagNanos());
  }

  private boolean inBytes(Standing known, Need need, long nowNanos) {
    if (need.maxLagBytes() < 0) {
      return true;
    }
    if (samples.isEmpty()) {
      return false;
    }
    Sample newest = samples.get(samples.size() - 1);
    return nowNanos - newest.atNanos() <= BYTES_VALID_NANOS
        && nowNanos - known.askedNanos() <= BYTES_VALID_NANOS
        && newest.offset() - known.position().offset() <= need.maxLagBytes();
  }

  private static boolean reaches(Standing known, Need need) {
    return !need.since()
        || (known.proven() && known.provenNanos() - need.sinceNanos() >= 0)
        || (need.position() != null && known.progress().contains(need.position()));
  }
}
