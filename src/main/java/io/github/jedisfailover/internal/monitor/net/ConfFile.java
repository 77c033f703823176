package io.github.jedisfailover.internal.monitor.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A {@code sentinel.conf} or a file of users on disk; its text has one {@code char} per byte.
 *
 * <p>A write replaces the whole file: whoever reads it, at any moment or after a power loss, finds
 * the old text or the new one. A symbolic link is replaced by a file, as {@code redis-sentinel}
 * does it. Not for two threads at once.
 */
public final class ConfFile {
  /** As {@code redis-sentinel}; the process' umask takes away more. */
  private static final Set<PosixFilePermission> WIDEST =
      PosixFilePermissions.fromString("rw-r--r--");

  private final Path file;

  public ConfFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  public Path path() {
    return file;
  }

  public String read() throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  /** Whether the real one would start with it: it must be there and writable. */
  public boolean writable() {
    return Files.isWritable(file);
  }

  /**
   * Returns when the new text survives a power loss.
   *
   * @throws IOException naming the step that failed; the file has the old text then, unless it was
   *     the last step, the flush of the directory
   */
  void write(String text) throws IOException {
    Path temporary = step("create a file beside it", this::temporary);
    boolean replaced = false;
    try {
      fill(temporary, text);
      step(
          "rename the new file over it",
          () -> Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE));
      replaced = true;
    } finally {
      if (!replaced) {
        remove(temporary);
      }
    }
    step("flush its directory", this::flushDirectory);
  }

  private void fill(Path temporary, String text) throws IOException {
    try (FileChannel out =
        step("open the new file", () -> FileChannel.open(temporary, StandardOpenOption.WRITE))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
      step(
          "write the new file",
          () -> {
            while (bytes.hasRemaining()) {
              out.write(bytes);
            }
            return null;
          });
      step(
          "flush the new file",
          () -> {
            out.force(true);
            return null;
          });
    }
  }

  /** Beside the file, since a rename is atomic only within one file system. */
  private Path temporary() throws IOException {
    Path directory = file.getParent();
    String prefix = file.getFileName() + ".";
    return posix(directory)
        ? Files.createTempFile(directory, prefix, "", permissions())
        : Files.createTempFile(directory, prefix, "");
  }

  private static boolean posix(Path directory) throws IOException {
    return Files.getFileStore(directory).supportsFileAttributeView("posix");
  }

  /**
   * Never wider than those of the file as it is: it may hold passwords, and an operator who closed
   * it would not look again. The real one opens it to all readers.
   */
  private FileAttribute<Set<PosixFilePermission>> permissions() throws IOException {
    Set<PosixFilePermission> allowed = EnumSet.copyOf(WIDEST);
    if (Files.exists(file)) {
      allowed.retainAll(Files.getPosixFilePermissions(file));
    }
    // Without these the next write or read would fail.
    allowed.add(PosixFilePermission.OWNER_READ);
    allowed.add(PosixFilePermission.OWNER_WRITE);
    return PosixFilePermissions.asFileAttribute(allowed);
  }

  private Void flushDirectory() throws IOException {
    if (!posix(file.getParent())) {
      return null; // such systems cannot open a directory, and flush renames by themselves
    }
    try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
    return null;
  }

  private static void remove(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // The failure that led here is the one to report; a file beside it does no harm.
      return;
    }
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  private <T> T step(String what, Step<T> step) throws IOException {
    try {
      return step.run();
    } catch (IOException e) {
      throw new IOException("config file " + file + ": could not " + what + ": " + e, e);
    }
  }
}
