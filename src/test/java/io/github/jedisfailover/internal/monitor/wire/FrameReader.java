package io.github.jedisfailover.internal.monitor.wire;

/** Whether a text is nothing but whole RESP frames. */
final class FrameReader {
  private final String text;
  private int at;

  FrameReader(String text) {
    this.text = text;
  }

  boolean readsAll() {
    try {
      while (at < text.length()) {
        frame();
      }
      return true;
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return false;
    }
  }

  private void frame() {
    char type = text.charAt(at++);
    switch (type) {
      case '+', '-', ':', ',', '_' -> line();
      case '$', '=' -> bulk(Integer.parseInt(line()));
      case '*', '~', '>' -> frames(Integer.parseInt(line()));
      case '%' -> frames(2 * Integer.parseInt(line()));
      default -> throw new IllegalArgumentException("no frame begins with " + type);
    }
  }

  private String line() {
    int end = text.indexOf("\r\n", at);
    String line = text.substring(at, end);
    at = end + 2;
    return line;
  }

  private void bulk(int length) {
    if (length >= 0) {
      at += length;
      if (!line().isEmpty()) {
        throw new IllegalArgumentException("a bulk is longer than it says");
      }
    }
  }

  private void frames(int count) {
    for (int i = 0; i < count; i++) {
      frame();
    }
  }
}
