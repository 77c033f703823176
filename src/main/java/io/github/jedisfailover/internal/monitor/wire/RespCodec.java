package io.github.jedisfailover.internal.monitor.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads requests from one connection: arrays of bulk strings, or inline commands. Bytes are fed as
 * they come, and each is looked at once; what has been read of an unfinished request is kept, never
 * more than twice the longest request. Not thread-safe.
 */
public final class RespCodec {
  private static final int MAX_NUMBER_LINE = 16;
  private static final int UNKNOWN = -1;

  private byte[] buffer = new byte[512];
  private int start;
  private int end;

  /** What has been taken of the unfinished request: who sends byte by byte is not read anew. */
  private List<String> arguments = new ArrayList<>();

  /** How many arguments it still needs. */
  private int missing = UNKNOWN;

  /** Bytes of it that are no longer in the buffer. */
  private int taken;

  /** Bytes of an inline request that hold no line feed. */
  private int searched;

  private RequestLimits limits;

  public RespCodec(RequestLimits limits) {
    this.limits = limits;
  }

  /** Counts from the next request on. */
  public void limit(RequestLimits newLimits) {
    limits = newLimits;
  }

  /** Takes bytes that arrived; the caller then calls {@link #next} until it is empty. */
  public void feed(byte[] bytes, int offset, int length) {
    checkSize(end - start + length - limits.requestBytes());
    if (end + length > buffer.length) {
      makeRoom(length);
    }
    System.arraycopy(bytes, offset, buffer, end, length);
    end += length;
  }

  private void makeRoom(int length) {
    int held = end - start;
    byte[] target = buffer;
    if (held + length > buffer.length) {
      target = new byte[Math.max(buffer.length * 2, held + length)];
    }
    System.arraycopy(buffer, start, target, 0, held);
    buffer = target;
    start = 0;
    end = held;
  }

  /**
   * The next complete request; never an empty list.
   *
   * @throws RespProtocolException if the bytes are no request or exceed a limit
   */
  public Optional<List<String>> next() {
    while (start < end) {
      boolean inline = missing == UNKNOWN && buffer[start] != '*';
      Optional<List<String>> request = inline ? inline() : multiBulk();
      if (request.isEmpty()) {
        checkSize(end - start);
        return request;
      }
      taken = 0;
      if (!request.get().isEmpty()) {
        return request;
      }
    }
    return Optional.empty();
  }

  /** Bytes allocated for unfinished requests. */
  int capacity() {
    return buffer.length;
  }

  private void take(int next) {
    taken += next - start;
    start = next;
  }

  private void checkSize(int more) {
    if (taken + more > limits.requestBytes()) {
      throw new RespProtocolException("Protocol error: too big request");
    }
  }

  private Optional<List<String>> multiBulk() {
    if (missing == UNKNOWN) {
      int stop = lineEnd(start + 1, "invalid multibulk length");
      if (stop < 0) {
        return Optional.empty();
      }
      missing = Math.max(0, number(start + 1, stop, limits.arguments(), "multibulk length"));
      take(stop + 2);
    }
    while (missing > 0) {
      if (start >= end || !bulk()) {
        return Optional.empty();
      }
      missing--;
    }
    List<String> request = arguments;
    arguments = new ArrayList<>();
    missing = UNKNOWN;
    return Optional.of(request);
  }

  /** Takes one argument; false if it is not all there yet. */
  private boolean bulk() {
    if (buffer[start] != '$') {
      throw new RespProtocolException(
          "Protocol error: expected '$', got '" + printable(buffer[start]) + "'");
    }
    int stop = lineEnd(start + 1, "invalid bulk length");
    if (stop < 0) {
      return false;
    }
    int length = number(start + 1, stop, limits.bulkBytes(), "bulk length");
    if (length < 0) {
      throw new RespProtocolException("Protocol error: invalid bulk length");
    }
    int data = stop + 2;
    int next = data + length + 2;
    checkSize(next - start);
    if (next > end) {
      return false;
    }
    arguments.add(new String(buffer, data, length, StandardCharsets.ISO_8859_1));
    take(next);
    return true;
  }

  private Optional<List<String>> inline() {
    for (int at = start + searched; at < end; at++) {
      if (buffer[at] == '\n') {
        int stop = at > start && buffer[at - 1] == '\r' ? at - 1 : at;
        String line = new String(buffer, start, stop - start, StandardCharsets.ISO_8859_1);
        searched = 0;
        take(at + 1);
        return Optional.of(words(line));
      }
      if (at - start >= limits.bulkBytes()) {
        throw new RespProtocolException("Protocol error: too big inline request");
      }
    }
    searched = end - start;
    return Optional.empty();
  }

  private List<String> words(String line) {
    List<String> words = InlineWords.of(line);
    if (words.size() > limits.arguments()) {
      throw new RespProtocolException("Protocol error: too many arguments");
    }
    return words;
  }

  /** Index of the CR that ends the line, -1 if it is not there yet. */
  private int lineEnd(int from, String what) {
    for (int at = from; at + 1 < end; at++) {
      if (buffer[at] == '\r' && buffer[at + 1] == '\n') {
        return at;
      }
      if (at - from > MAX_NUMBER_LINE) {
        throw new RespProtocolException("Protocol error: " + what);
      }
    }
    return -1;
  }

  private int number(int from, int to, int max, String what) {
    boolean negative = to > from && buffer[from] == '-';
    int first = negative ? from + 1 : from;
    long value = 0;
    for (int at = first; at < to; at++) {
      int digit = buffer[at] - '0';
      if (digit < 0 || digit > 9) {
        throw new RespProtocolException("Protocol error: invalid " + what);
      }
      value = Math.min(value * 10 + digit, Integer.MAX_VALUE);
    }
    if (first == to || value > max) {
      String reason = value == Integer.MAX_VALUE || first == to ? "invalid" : limits.reason();
      throw new RespProtocolException("Protocol error: " + reason + " " + what);
    }
    return (int) (negative ? -value : value);
  }

  private static char printable(byte b) {
    return b > ' ' && b <= '~' ? (char) b : '?';
  }
}
