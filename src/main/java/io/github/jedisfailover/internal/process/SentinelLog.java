package io.github.jedisfailover.internal.process;

import io.github.jedisfailover.internal.monitor.core.CoreAction.Level;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The log of the process, in Redis' format. A file is opened anew for every line, as Redis does: it
 * can be moved away at any time. What cannot be written is lost without a word, since there is no
 * other place to say so. Thread-safe.
 */
final class SentinelLog {
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };
  private static final int LINE_LENGTH = 256;

  private final long pid;
  private final MonotonicClock clock;
  private final Supplier<OutputStream> console;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Optional<Level> lowest = Optional.of(Level.NOTICE);
  private volatile Optional<Path> file = Optional.empty();

  /**
   * @param console where lines go while there is no file; asked for each line, never closed
   */
  SentinelLog(long pid, MonotonicClock clock, Supplier<OutputStream> console) {
    this.pid = pid;
    this.clock = clock;
    this.console = console;
  }

  /** To the standard output, until told otherwise. */
  static SentinelLog ofThisProcess() {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    return new SentinelLog(ProcessHandle.current().pid(), MonotonicClock.SYSTEM, () -> out);
  }

  /**
   * @param name a value of {@code loglevel}: {@code nothing} shows nothing at all
   */
  void showFrom(String name) {
    lowest =
        switch (name) {
          case "debug" -> Optional.of(Level.DEBUG);
          case "verbose" -> Optional.of(Level.VERBOSE);
          case "warning" -> Optional.of(Level.WARNING);
          case "nothing" -> Optional.empty();
          default -> Optional.of(Level.NOTICE);
        };
  }

  /** Lines go there from now on; empty: to the console. */
  void writeTo(Optional<Path> next) {
    file = next;
  }

  /** Levels are declared from the most important one down. */
  boolean shows(Level level) {
    return lowest.map(l -> level.compareTo(l) <= 0).orElse(false);
  }

  void write(Level level, String text) {
    if (shows(level)) {
      append(line(level, text).getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /** What Redis writes from its signal handler, where it cannot ask for the date. */
  void writeFromSignal(String text) {
    long seconds = clock.wallNow().getEpochSecond();
    String line = pid + ":signal-handler (" + seconds + ") " + text + "\n";
    append(line.getBytes(StandardCharsets.ISO_8859_1));
  }

  private String line(Level level, String text) {
    LocalDateTime now = LocalDateTime.ofInstant(clock.wallNow(), ZoneId.systemDefault());
    StringBuilder line = new StringBuilder(LINE_LENGTH);
    line.append(pid).append(":X ");
    padded(line, now.getDayOfMonth(), 2).append(' ');
    line.append(MONTHS[now.getMonthValue() - 1]).append(' ');
    line.append(now.getYear()).append(' ');
    padded(line, now.getHour(), 2).append(':');
    padded(line, now.getMinute(), 2).append(':');
    padded(line, now.getSecond(), 2).append('.');
    padded(line, now.getNano() / 1_000_000, 3).append(' ');
    return line.append(mark(level)).append(' ').append(text).append('\n').toString();
  }

  private static StringBuilder padded(StringBuilder line, int number, int digits) {
    String text = Integer.toString(number);
    return line.append("0".repeat(digits - text.length())).append(text);
  }

  private static char mark(Level level) {
    return switch (level) {
      case WARNING -> '#';
      case NOTICE -> '*';
      case VERBOSE -> '-';
      case DEBUG -> '.';
    };
  }

  private void append(byte[] line) {
    lock.lock();
    try {
      Optional<Path> target = file;
      if (target.isEmpty()) {
        console.get().write(line);
        return;
      }
      try (OutputStream out =
          Files.newOutputStream(
              target.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        out.write(line);
      }
    } catch (IOException e) {
      return; // see the class comment
    } finally {
      lock.unlock();
    }
  }
}
