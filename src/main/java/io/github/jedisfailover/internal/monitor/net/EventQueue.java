package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.runtime.ClosableGate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Bytes that wait for one client to read; bounded by their sum. */
final class EventQueue {
  static final int MAX_BYTES = 1024 * 1024;

  private final ClosableGate gate = new ClosableGate();
  private final Deque<byte[]> frames = new ArrayDeque<>();
  private int bytes;

  /** Never blocks; {@code false} if the client reads too slowly and must be dropped. */
  boolean offer(byte[] frame) {
    return gate.call(() -> !gate.isClosed() && added(frame));
  }

  private boolean added(byte[] frame) {
    boolean fits = bytes + frame.length <= MAX_BYTES;
    if (fits) {
      frames.add(frame);
      bytes += frame.length;
    }
    return fits;
  }

  /** Waits for the next frame; empty once closed. */
  Optional<byte[]> take() throws InterruptedException {
    return gate.take(() -> !frames.isEmpty(), this::removeFirst);
  }

  private byte[] removeFirst() {
    byte[] frame = frames.remove();
    bytes -= frame.length;
    return frame;
  }

  void close() {
    gate.close();
    gate.change(frames::clear);
  }
}
