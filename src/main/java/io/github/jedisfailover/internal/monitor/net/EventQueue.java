package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.PubSubBuffer;
import io.github.jedisfailover.internal.runtime.ClosableGate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What waits for one client to read; bounded by its size. The bytes are made by who takes them: the
 * offering thread is the core's, and matching a client's patterns may take long.
 */
final class EventQueue {
  private static final long NOT_ABOVE = -1;
  private static final Waiting END = new Waiting(0, () -> new byte[0]);

  private final ClosableGate gate = new ClosableGate();
  private final Deque<Waiting> frames = new ArrayDeque<>();
  private final PubSubBuffer limits;
  private int bytes;
  private long aboveSoftSince = NOT_ABOVE;
  private boolean ended;

  /**
   * One reply or event.
   *
   * @param size in bytes, about
   * @param bytes may be empty
   */
  record Waiting(int size, Supplier<byte[]> bytes) {}

  EventQueue(PubSubBuffer limits) {
    this.limits = limits;
  }

  /** Never blocks; {@code false} if the client reads too slowly and must be dropped. */
  boolean offer(Waiting frame, long nowMillis) {
    return gate.call(() -> !gate.isClosed() && !ended && added(frame, nowMillis));
  }

  private boolean added(Waiting frame, long nowMillis) {
    int after = bytes + frame.size();
    if (after > limits.softBytes()) {
      aboveSoftSince = aboveSoftSince == NOT_ABOVE ? nowMillis : aboveSoftSince;
    }
    boolean tooLong =
        aboveSoftSince != NOT_ABOVE && nowMillis - aboveSoftSince > limits.softTime().toMillis();
    if (after > limits.hardBytes() || tooLong) {
      return false;
    }
    frames.add(frame);
    bytes = after;
    return true;
  }

  /** Waits for the next frame; empty once closed, or ended and all is taken. */
  Optional<Waiting> take() throws InterruptedException {
    return gate.take(() -> ended || !frames.isEmpty(), this::removeFirst).filter(f -> f != END);
  }

  private Waiting removeFirst() {
    if (frames.isEmpty()) {
      return END;
    }
    Waiting frame = frames.remove();
    bytes -= frame.size();
    if (bytes <= limits.softBytes()) {
      aboveSoftSince = NOT_ABOVE;
    }
    return frame;
  }

  int waitingBytes() {
    return gate.call(() -> bytes);
  }

  int waitingFrames() {
    return gate.call(frames::size);
  }

  /** What waits may still be taken, nothing may be added. */
  void end() {
    gate.change(() -> ended = true);
  }

  void close() {
    gate.close();
    gate.change(frames::clear);
  }
}
