package io.github.jedisfailover.topology;

import java.time.Duration;
import java.util.Optional;

/** Reads the current topology and waits for a newer one. Thread-safe. */
public interface TopologyView {
  /**
   * The newest accepted snapshot, {@link TopologySnapshot#UNKNOWN} before the first.
   *
   * @return never {@code null}
   */
  TopologySnapshot current();

  /**
   * Waits until a snapshot newer than {@code seen} is published, or returns it at once.
   *
   * <p>Holds no lock while waiting: waiting callers never delay a topology change. Thread-safe.
   *
   * @param seen version the caller has acted on; must not be {@code null}
   * @param timeout longest wait on the monotonic clock; zero only looks
   * @return the newest snapshot, or empty if the time ran out or the view was closed
   * @throws IllegalArgumentException if {@code timeout} is negative
   * @throws redis.clients.jedis.exceptions.JedisException if interrupted; the flag stays set
   */
  Optional<TopologySnapshot> awaitNewerThan(TopologySnapshot.Version seen, Duration timeout);
}
