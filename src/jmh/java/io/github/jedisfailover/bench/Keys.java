package io.github.jedisfailover.bench;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A few hundred keys per thread, made beforehand: the keys must not count as our allocation. */
@State(Scope.Thread)
public class Keys {
  static final String VALUE = "v".repeat(64);
  private static final int COUNT = 256;

  private final String[] keys = all();
  private int next;

  static String[] all() {
    String[] keys = new String[COUNT];
    for (int i = 0; i < COUNT; i++) {
      keys[i] = "bench:" + i;
    }
    return keys;
  }

  String next() {
    next = (next + 1) % COUNT;
    return keys[next];
  }
}
