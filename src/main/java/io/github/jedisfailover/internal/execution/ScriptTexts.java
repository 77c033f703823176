package io.github.jedisfailover.internal.execution;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Script texts by digest: the newest thousand, at most 4 MiB of them. Thread-safe. */
final class ScriptTexts {
  static final int MAX_SCRIPTS = 1_000;
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private record Entry(String digest, ByteBuffer text) {}

  private final Map<ByteBuffer, Boolean> known = new ConcurrentHashMap<>();
  private final Map<String, byte[]> byDigest = new ConcurrentHashMap<>();
  private final Queue<Entry> inOrder = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private long bytes; // guarded by the lock

  /** A text that is known costs one look-up, and no digest. */
  void remember(byte[] text) {
    if (text.length > MAX_BYTES || known.containsKey(ByteBuffer.wrap(text))) {
      return;
    }
    Entry entry = new Entry(ScriptMemory.digest(text), ByteBuffer.wrap(text.clone()));
    lock.lock();
    try {
      if (known.putIfAbsent(entry.text(), true) != null) {
        return;
      }
      byDigest.put(entry.digest(), entry.text().array());
      inOrder.add(entry);
      bytes += text.length;
      while (inOrder.size() > MAX_SCRIPTS || bytes > MAX_BYTES) {
        forgetOldest();
      }
    } finally {
      lock.unlock();
    }
  }

  private void forgetOldest() {
    Entry oldest = inOrder.remove();
    known.remove(oldest.text());
    byDigest.remove(oldest.digest());
    bytes -= oldest.text().capacity();
  }

  /** {@code null} if not known. */
  byte[] text(String digest) {
    return byDigest.get(digest);
  }

  void clear() {
    lock.lock();
    try {
      known.clear();
      byDigest.clear();
      inOrder.clear();
      bytes = 0;
    } finally {
      lock.unlock();
    }
  }
}
