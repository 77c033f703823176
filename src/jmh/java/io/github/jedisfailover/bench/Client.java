package io.github.jedisfailover.bench;

/** Whose turn it is. */
enum Client {
  /** Plain {@code RedisClient}. */
  RAW,
  /** {@code RedisFailoverClient}. */
  OURS,
  /** {@code RedisClient} with our provider and executor. */
  PAIR
}
