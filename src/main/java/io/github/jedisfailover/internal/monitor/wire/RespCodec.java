package io.github.jedisfailover.internal.monitor.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads requests from one connection: arrays of bulk strings, or inline commands. Bytes are fed as
 * they come; what has been read of an unfinished request is kept, never more than twice the longest
 * request. Not thread-safe.
 */
public final class RespCodec {
  private static final int MAX_NUMBER_LINE = 16;

  private byte[] buffer = new byte[512];
  private int start;
  private int end;
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
    if (end - start + length > 2 * limits.requestBytes()) {
      throw new RespProtocolException("Protocol error: too big request");
    }
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
      Frame frame = buffer[start] == '*' ? multiBulk() : inline();
      if (frame == null) {
        if (end - start > limits.requestBytes()) {
          throw new RespProtocolException("Protocol error: too big request");
        }
        return Optional.empty();
      }
      start = frame.next();
      if (!frame.arguments().isEmpty()) {
        return Optional.of(frame.arguments());
      }
    }
    return Optional.empty();
  }

  /** Bytes allocated for unfinished requests. */
  int capacity() {
    return buffer.length;
  }

  private record Frame(List<String> arguments, int next) {}

  private Frame multiBulk() {
    int at = lineEnd(start + 1, "invalid multibulk length");
    if (at < 0) {
      return null;
    }
    int count = number(start + 1, at, limits.arguments(), "multibulk length");
    List<String> arguments = new ArrayList<>(Math.max(count, 0));
    at += 2;
    for (int i = 0; i < count; i++) {
      if (at >= end) {
        return null;
      }
      if (buffer[at] != '$') {
        throw new RespProtocolException(
            "Protocol error: expected '$', got '" + printable(buffer[at]) + "'");
      }
      int bulk = lineEnd(at + 1, "invalid bulk length");
      if (bulk < 0) {
        return null;
      }
      int length = number(at + 1, bulk, limits.bulkBytes(), "bulk length");
      if (length < 0) {
        throw new RespProtocolException("Protocol error: invalid bulk length");
      }
      int data = bulk + 2;
      if (data + length + 2 - start > limits.requestBytes()) {
        throw new RespProtocolException("Protocol error: too big request");
      }
      if (data + length + 2 > end) {
        return null;
      }
      arguments.add(new String(buffer, data, length, StandardCharsets.ISO_8859_1));
      at = data + length + 2;
    }
    return new Frame(arguments, at);
  }

  private Frame inline() {
    for (int at = start; at < end; at++) {
      if (buffer[at] == '\n') {
        int stop = at > start && buffer[at - 1] == '\r' ? at - 1 : at;
        String line = new String(buffer, start, stop - start, StandardCharsets.ISO_8859_1);
        return new Frame(words(line), at + 1);
      }
      if (at - start >= limits.bulkBytes()) {
        throw new RespProtocolException("Protocol error: too big inline request");
      }
    }
    return null;
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
