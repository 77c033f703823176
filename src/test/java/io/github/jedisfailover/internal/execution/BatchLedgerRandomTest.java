package io.github.jedisfailover.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.execution.BatchLedger.Effect;
import io.github.jedisfailover.internal.execution.BatchLedger.Reply;
import io.github.jedisfailover.internal.execution.BatchLedger.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random pipelines against a model server that applies, refuses, falls silent, and loses at most
 * what nobody was told: the promises of {@link BatchLedger} hold in every case. A failure names its
 * seed.
 */
class BatchLedgerRandomTest {
  private static final int SEEDS = 200_000;

  @Test
  void nothingRunsTwiceAndNothingRunsOutOfOrder() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Run run = new Run(new Random(seed));
      run.toTheEnd();
      run.check("seed " + seed);
    }
  }

  private static final class Run {
    private final Random random;
    private final Effect[] effects;
    private final BatchLedger ledger;

    /** Which command took effect, in the order of the server. */
    private final List<Integer> applied = new ArrayList<>();

    /** What had taken effect when a read was last answered. */
    private final List<TreeSet<Integer>> sights = new ArrayList<>();

    private boolean refused;

    Run(Random random) {
      this.random = random;
      effects = new Effect[1 + random.nextInt(7)];
      Effect[] kinds = Effect.values();
      for (int i = 0; i < effects.length; i++) {
        effects[i] = kinds[random.nextInt(kinds.length)];
        sights.add(new TreeSet<>());
      }
      ledger = new BatchLedger(List.of(effects));
    }

    void toTheEnd() {
      for (int attempt = 0; attempt < 4 && ledger.pending().length > 0; attempt++) {
        attempt();
      }
      ledger.giveUp();
    }

    private void attempt() {
      int[] pending = ledger.pending();
      int sent = random.nextInt(4) == 0 ? random.nextInt(pending.length + 1) : pending.length;
      int reached = random.nextInt(3) == 0 ? random.nextInt(sent + 1) : sent;
      boolean cut = reached < pending.length || random.nextInt(3) == 0;
      int answered = cut ? random.nextInt(reached + 1) : reached;
      boolean refusing = random.nextInt(3) == 0;
      List<Reply> replies = new ArrayList<>();
      for (int i = 0; i < reached; i++) {
        refusing ^= random.nextInt(8) == 0; // a switch in the middle
        Reply reply = serve(pending[i], refusing);
        if (i < answered) {
          replies.add(reply);
        }
      }
      ledger.attempted(sent, replies);
    }

    /** A read-only node answers reads and refuses writes. */
    private Reply serve(int command, boolean refusing) {
      if (effects[command] == Effect.NONE) {
        sights.set(command, new TreeSet<>(applied));
        return Reply.ANSWER;
      }
      if (refusing) {
        refused = true;
        boolean script = effects[command] == Effect.ONCE && random.nextInt(4) == 0;
        if (script && random.nextBoolean()) {
          applied.add(command);
        }
        return script ? Reply.DOUBTFUL : Reply.REFUSAL;
      }
      applied.add(command);
      return Reply.ANSWER;
    }

    void check(String seed) {
      int newest = -1;
      for (int i = 0; i < effects.length; i++) {
        if (effects[i] == Effect.NONE) {
          checkRead(seed, i);
        } else {
          checkWrite(seed, i);
          int last = applied.lastIndexOf(i);
          // A repeat that is cut in its turn may leave the newest write unknown: it is told so.
          if (effects[i] == Effect.ONCE || ledger.verdict(i) == Verdict.ANSWERED) {
            assertThat(last == -1 || last > newest).as("%s: order of %s", seed, applied).isTrue();
          }
          newest = Math.max(newest, last);
        }
      }
      checkPrefix(seed);
    }

    private void checkWrite(String seed, int command) {
      long times = applied.stream().filter(i -> i == command).count();
      Verdict verdict = ledger.verdict(command);
      assertThat(verdict).as(seed).isNotEqualTo(Verdict.PENDING);
      if (effects[command] == Effect.ONCE) {
        assertThat(times).as("%s: command %d ran twice", seed, command).isLessThanOrEqualTo(1);
      }
      switch (verdict) {
        case ANSWERED -> assertThat(times).as("%s: %d", seed, command).isPositive();
        case REFUSED, NOT_APPLIED -> assertThat(times).as("%s: %d", seed, command).isZero();
        default -> {}
      }
    }

    /** Sees every answered write before it and no write behind it. */
    private void checkRead(String seed, int read) {
      if (ledger.verdict(read) != Verdict.ANSWERED) {
        return;
      }
      for (int i = 0; i < effects.length; i++) {
        boolean seen = sights.get(read).contains(i);
        String what = "%s: read %d and write %d of %s".formatted(seed, read, i, applied);
        if (i > read) {
          assertThat(seen).as(what).isFalse();
        } else if (effects[i] != Effect.NONE && ledger.verdict(i) == Verdict.ANSWERED) {
          assertThat(seen).as(what).isTrue();
        }
      }
    }

    /** Unless the server itself refuses in the middle, nothing is applied behind what was not. */
    private void checkPrefix(String seed) {
      boolean unsent = false;
      for (int i = 0; i < effects.length && !refused; i++) {
        unsent |= ledger.verdict(i) == Verdict.NOT_APPLIED;
        if (unsent) {
          assertThat(applied.lastIndexOf(i)).as("%s: %d of %s", seed, i, applied).isEqualTo(-1);
        }
      }
    }
  }
}
