package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.PubSubBuffer;
import io.github.jedisfailover.internal.runtime.ClosableGate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Bytes that wait for one client to read; bounded by their sum. */
final class EventQueue {
  private static final long NOT_ABOVE = -1;

  private final ClosableGate gate = new ClosableGate();
  private final Deque<byte[]> frames = new ArrayDeque<>();
  private final PubSubBuffer limits;
  private int bytes;
  private long aboveSoftSince = NOT_ABOVE;
  private boolean ended;

  EventQueue(PubSubBuffer limits) {
    this.limits = limits;
  }

  /** Never blocks; {@code false} if the client reads too slowly and must be dropped. */
  boolean offer(byte[] frame, long nowMillis) {
    return gate.call(() -> !gate.isClosed() && !ended && added(frame, nowMillis));
  }

  private boolean added(byte[] frame, long nowMillis) {
    int after = bytes + frame.length;
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
  Optional<byte[]> take() throws InterruptedException {
    return gate.take(() -> ended || !frames.isEmpty(), this::removeFirst).filter(f -> f.length > 0);
  }

  private byte[] removeFirst() {
    if (frames.isEmpty()) {
      return new byte[0];
    }
    byte[] frame = frames.remove();
    bytes -= frame.length;
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
