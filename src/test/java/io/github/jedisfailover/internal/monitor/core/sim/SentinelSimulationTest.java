package io.github.jedisfailover.internal.monitor.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.Order;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A whole group of monitors, its Redis nodes and its network from one seed. A failure names its
 * seed; {@code -Dsimulation.first=SEED -Dsimulation.seeds=1} replays it. Half of the seeds go to
 * groups with configured voters, half to groups that sit in one quorum with Sentinels.
 */
class SentinelSimulationTest {
  private static final long FIRST = Long.getLong("simulation.first", 1);
  private static final long SEEDS = Long.getLong("simulation.seeds", 2_000);

  /** Every seed that ever failed. */
  @ParameterizedTest(name = "seed {0}: {1}")
  @CsvSource({
    "2690, the configured master had been made a replica and no replica was found good enough",
    "1682, a replica of a replica was unknown to voters that had all lost their memory",
    "50050, all voters had lost their memory in turn while a node was away",
    "8013, a voter without memory took another node for the master of a group in epoch 0",
    "13226, two voters lost their memory in turn while a vote request was under way",
  })
  void staysMended(long seed, String story) {
    assertThat(run(seed).allAgreeOnAReachableMaster()).as(story).isTrue();
  }

  /** No rule of Sentinel ends this, so the operators of the model must. */
  @Test
  void membersThatWereGivenDifferentMastersAreCorrected() {
    assertThat(run(339_140, true).allAgreeOnAReachableMaster()).isTrue();
    assertThat(run(458_550, true).allAgreeOnAReachableMaster()).isTrue();
  }

  @Test
  void staysSafeUnderFaultsAndRecoversAfterThem() {
    runAll(false, SEEDS);
  }

  /** Groups with members that follow exactly Sentinel's rules. */
  @Test
  void sitsInOneQuorumWithSentinels() {
    runAll(true, Math.max(1, SEEDS / 2));
  }

  /** All members ours, nothing else goes wrong: the data must be saved each time. */
  @Test
  void aMasterThatReturnsEmptyIsReplacedBeforeItEmptiesItsReplicas() {
    for (long seed = FIRST; seed < FIRST + 50; seed++) {
      SimWorld world = new SimWorld(seed);
      world.faults = false;
      world.runFor(6_000);
      MixedGroup.emptyMaster(world, 50 + seed % 900);
      world.runFor(60_000);
      assertThat(world.allAgreeOnAReachableMaster()).as("seed %d", seed).isTrue();
      assertThat(world.nodes.values()).as("seed %d", seed).allMatch(n -> n.keys > 0);
    }
  }

  /** An operator's orders while everything else goes wrong; the invariants are the same. */
  @Test
  void switchoversStaySafeUnderFaults() {
    AtomicLong handovers = new AtomicLong();
    long seeds = Math.max(1, SEEDS / 10);
    LongStream.range(FIRST, FIRST + seeds)
        .parallel()
        .forEach(seed -> handovers.addAndGet(run(seed, false, true).handovers));
    System.out.printf(
        "switchovers under faults: %d seeds, %d handed over%n", seeds, handovers.get());
    assertThat(handovers.get()).isGreaterThanOrEqualTo(seeds / 2);
  }

  /** Nothing else goes wrong: whatever was written is there after the switch. */
  @Test
  void aSwitchoverLosesNothing() {
    long handovers = 0;
    for (long seed = FIRST; seed < FIRST + 100; seed++) {
      SimWorld world = new SimWorld(seed);
      world.faults = false;
      world.runFor(6_000);
      for (int i = 0; i < 3; i++) {
        order(world, new Random(seed * 31 + i));
        world.runFor(20_000);
      }
      assertThat(world.lostInHandover).as("seed %d", seed).isZero();
      assertThat(world.allAgreeOnAReachableMaster()).as("seed %d", seed).isTrue();
      handovers += world.handovers;
    }
    assertThat(handovers).isGreaterThan(250);
  }

  private static void order(SimWorld world, Random dice) {
    SimMonitor monitor = world.monitors.get(dice.nextInt(world.monitors.size()));
    Order order = new Order.Switchover(SimWorld.GROUP, Optional.empty());
    world.input(monitor, monitor.life, new CoreInput.Operator(-1, order));
  }

  private static void runAll(boolean mixed, long seeds) {
    AtomicLong promotions = new AtomicLong();
    AtomicLong steps = new AtomicLong();
    LongStream.range(FIRST, FIRST + seeds)
        .parallel()
        .forEach(
            seed -> {
              SimWorld world = run(seed, mixed);
              promotions.addAndGet(world.invariants.promotions);
              steps.addAndGet(world.steps);
            });
    System.out.printf(
        "simulation%s: %d seeds from %d, %d steps, %d promotions, 0 violations%n",
        mixed ? " with Sentinels" : "", seeds, FIRST, steps.get(), promotions.get());
    assertThat(promotions.get())
        .as("the faults must make the monitors work, or nothing was tested")
        .isGreaterThanOrEqualTo(seeds / 2);
  }

  private static SimWorld run(long seed) {
    return run(seed, false);
  }

  private static SimWorld run(long seed, boolean mixed) {
    return run(seed, mixed, false);
  }

  private static SimWorld run(long seed, boolean mixed, boolean orders) {
    try {
      SimWorld world = new SimWorld(seed, mixed);
      world.runFor(6_000);
      for (int i = 0; i < 12; i++) {
        Random dice = new Random(seed * 31 + i);
        if (mixed) {
          MixedGroup.fault(world, dice);
        } else {
          Faults.one(world, dice);
        }
        if (orders) {
          world.runFor(dice.nextInt(2_000));
          order(world, dice);
        }
        world.runFor(500 + world.random.nextInt(5_000));
      }
      Goals.heal(world);
      long limit = world.now + 150_000;
      while (world.now < limit && !world.allAgreeOnAReachableMaster()) {
        world.runFor(1_000);
      }
      if (!world.allAgreeOnAReachableMaster()) {
        throw new AssertionError("no agreement 150 s after healing" + Goals.describe(world));
      }
      return world;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }
}
