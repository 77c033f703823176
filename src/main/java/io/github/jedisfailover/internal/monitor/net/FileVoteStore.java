package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.PersistentState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state as one file that is replaced as a whole. */
final class FileVoteStore implements VoteStore {
  private static final Logger log = LoggerFactory.getLogger(FileVoteStore.class);
  private static final long MAX_BYTES = 16L * 1024 * 1024;

  private final Path directory;
  private final Path file;
  private final Path temporary;
  private final FileChannel lockChannel;

  FileVoteStore(Path directory) {
    this.directory = directory;
    this.file = directory.resolve("monitor.state");
    this.temporary = directory.resolve("monitor.state.tmp");
    this.lockChannel = lock(directory);
  }

  /** Two monitors with one memory would vote twice under one identity. */
  private static FileChannel lock(Path directory) {
    FileChannel channel = null;
    try {
      Files.createDirectories(directory);
      channel =
          FileChannel.open(
              directory.resolve("monitor.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new OverlappingFileLockException();
      }
      return channel;
    } catch (OverlappingFileLockException e) {
      closeQuietly(channel);
      throw new IllegalStateException(
          "stateDirectory " + directory + " is in use by another monitor", e);
    } catch (IOException e) {
      closeQuietly(channel);
      throw new IllegalStateException("stateDirectory " + directory + " cannot be used: " + e, e);
    }
  }

  @Override
  public Optional<PersistentState> load() {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IllegalStateException(
            "state file " + file + " is no state file: longer than " + MAX_BYTES + " bytes");
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return Optional.of(StateText.decode(text));
    } catch (IOException e) {
      throw new IllegalStateException("state file " + file + " cannot be read: " + e, e);
    } catch (StateText.BadStateException e) {
      throw new IllegalStateException(
          "state file "
              + file
              + ", "
              + e.getMessage()
              + ". Restore it, or delete it to start without memory",
          e);
    }
  }

  @Override
  public void save(PersistentState state) throws IOException {
    byte[] bytes = StateText.encode(state).getBytes(StandardCharsets.UTF_8);
    try (FileChannel out =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("no atomic rename in " + directory, e);
    }
    forceDirectory();
  }

  /** Makes the rename itself durable; systems that cannot open a directory do so by themselves. */
  private void forceDirectory() throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(directory, StandardOpenOption.READ);
    } catch (IOException e) {
      log.debug("{} cannot be opened for a flush: {}", directory, e.getMessage());
      return;
    }
    try (channel) {
      channel.force(true);
    }
  }

  @Override
  public void close() {
    closeQuietly(lockChannel);
  }

  private static void closeQuietly(FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        log.debug("closing the lock: {}", e.getMessage());
      }
    }
  }
}
