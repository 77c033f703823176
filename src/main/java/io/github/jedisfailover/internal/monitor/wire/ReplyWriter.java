package io.github.jedisfailover.internal.monitor.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects the bytes of one reply in RESP2 or RESP3. */
public final class ReplyWriter {
  private final boolean resp3;
  private byte[] buffer = new byte[128];
  private int length;

  ReplyWriter(boolean resp3) {
    this.resp3 = resp3;
  }

  byte[] bytes() {
    return Arrays.copyOf(buffer, length);
  }

  /** Line breaks inside would forge further replies: they become spaces. */
  void line(char type, String text) {
    add(type + text.replace('\r', ' ').replace('\n', ' ') + "\r\n");
  }

  void bulk(String value) {
    add("$" + value.length() + "\r\n");
    add(value);
    add("\r\n");
  }

  void nothing(String resp2) {
    add((resp3 ? "_" : resp2) + "\r\n");
  }

  void count(char type, int count) {
    add(type + Integer.toString(count) + "\r\n");
  }

  void mapHeader(int pairs) {
    count(resp3 ? '%' : '*', resp3 ? pairs : 2 * pairs);
  }

  void setHeader(int items) {
    count(resp3 ? '~' : '*', items);
  }

  void text(String value) {
    if (resp3) {
      add("=" + (value.length() + 4) + "\r\ntxt:" + value + "\r\n");
    } else {
      bulk(value);
    }
  }

  void decimal(double value) {
    if (resp3) {
      line(',', Double.toString(value));
    } else {
      bulk(Double.toString(value));
    }
  }

  void pushHeader(int items) {
    count(resp3 ? '>' : '*', items);
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (length + bytes.length > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + bytes.length));
    }
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }
}
