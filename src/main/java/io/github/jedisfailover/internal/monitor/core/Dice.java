package io.github.jedisfailover.internal.monitor.core;

/** Repeatable chance: all of it follows from the seed. The mixing function is SplitMix64's. */
final class Dice {
  private long state;

  Dice(long seed) {
    this.state = seed;
  }

  /** 0 to bound - 1. */
  long below(long bound) {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return Math.floorMod(z ^ (z >>> 31), bound);
  }
}
