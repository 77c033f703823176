package io.github.jedisfailover.sentinel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One frame of RESP2 or RESP3 as it was sent.
 *
 * @param type the first byte
 * @param text of a frame without items; {@code null} for a null bulk or array
 * @param items of an aggregate
 */
record Frame(char type, String text, List<Frame> items) {
  private static final String AGGREGATES = "*%~>";
  private static final String BULKS = "$=!";

  /** All frames of a stream; bytes that are no complete frame become one of type {@code ?}. */
  static List<Frame> all(byte[] bytes) {
    Reader reader = new Reader(new String(bytes, StandardCharsets.ISO_8859_1));
    List<Frame> frames = new ArrayList<>();
    while (reader.at < reader.text.length()) {
      int start = reader.at;
      try {
        frames.add(reader.next());
      } catch (IndexOutOfBoundsException | NumberFormatException e) {
        frames.add(new Frame('?', reader.text.substring(start), List.of()));
        return frames;
      }
    }
    return frames;
  }

  boolean isAggregate() {
    return AGGREGATES.indexOf(type) >= 0 && text != null;
  }

  /** The same frame with its texts changed, those of its items too. */
  Frame mapped(UnaryOperator<String> change) {
    String newText = text == null || isAggregate() ? text : change.apply(text);
    return new Frame(type, newText, items.stream().map(i -> i.mapped(change)).toList());
  }

  /** The same frame with this done to its items, innermost first. */
  Frame withItems(UnaryOperator<List<Frame>> change) {
    List<Frame> inner = items.stream().map(i -> i.withItems(change)).toList();
    return isAggregate() ? new Frame(type, text, change.apply(inner)) : this;
  }

  @Override
  public String toString() {
    return isAggregate() ? type + text + items : type + (text == null ? "(null)" : text);
  }

  /** Reads frame after frame. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    Frame next() {
      char type = text.charAt(at++);
      String line = line();
      if (BULKS.indexOf(type) >= 0) {
        int length = Integer.parseInt(line);
        return new Frame(type, length < 0 ? null : taken(length), List.of());
      }
      if (AGGREGATES.indexOf(type) < 0) {
        return new Frame(type, line, List.of());
      }
      int count = Integer.parseInt(line);
      if (count < 0) {
        return new Frame(type, null, List.of());
      }
      List<Frame> items = new ArrayList<>();
      for (int i = 0; i < (type == '%' ? 2 * count : count); i++) {
        items.add(next());
      }
      return new Frame(type, line, items);
    }

    private String line() {
      int end = text.indexOf("\r\n", at);
      String line = text.substring(at, end);
      at = end + 2;
      return line;
    }

    private String taken(int length) {
      String taken = text.substring(at, at + length);
      if (!text.startsWith("\r\n", at + length)) {
        throw new NumberFormatException("a bulk that does not end where it says");
      }
      at += length + 2;
      return taken;
    }
  }
}
