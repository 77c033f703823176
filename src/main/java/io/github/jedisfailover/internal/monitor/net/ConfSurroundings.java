package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.conf.Surroundings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * This system, for one reading of a config file. A JVM cannot change its working directory, so
 * {@code dir} is remembered here and relative paths are taken from it.
 */
public final class ConfSurroundings implements Surroundings {
  private Path directory;

  /**
   * @param start where the process was started
   */
  public ConfSurroundings(Path start) throws IOException {
    this.directory = start.toRealPath();
  }

  @Override
  public Optional<String> enter(String next) {
    if (next.isEmpty()) {
      return Optional.of("No such file or directory");
    }
    try {
      Path real = resolved(next).toRealPath();
      if (!Files.isDirectory(real)) {
        return Optional.of("Not a directory");
      }
      directory = real;
      return Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.of(reason(e));
    }
  }

  @Override
  public String directory() {
    return bytes(directory);
  }

  @Override
  public boolean executable(String path) {
    try {
      return !path.isEmpty() && Files.isExecutable(resolved(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  @Override
  public Optional<String> openLog(String path) {
    try {
      Path log = resolved(path);
      if (Files.isDirectory(log)) {
        return Optional.of("Is a directory");
      }
      Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
      return Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.of(reason(e));
    }
  }

  @Override
  public Optional<String> resolve(String host) {
    if (host.isEmpty()) {
      return Optional.empty(); // Java would take it for this host
    }
    try {
      return Optional.of(InetAddress.getByName(host).getHostAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> include(String pattern) throws IncludeFailed {
    List<String> texts = new ArrayList<>();
    try {
      for (Path file : files(pattern)) {
        texts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
      // Redis reads all files of a pattern as one text.
      return List.of(String.join("", texts));
    } catch (IOException | InvalidPathException e) {
      throw new IncludeFailed(reason(e));
    }
  }

  private List<Path> files(String pattern) throws IOException {
    Path path = resolved(pattern);
    if (pattern.chars().noneMatch(c -> c == '*' || c == '?' || c == '[')) {
      return List.of(path);
    }
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(path.getParent())) {
      try (DirectoryStream<Path> found =
          Files.newDirectoryStream(path.getParent(), path.getFileName().toString())) {
        found.forEach(files::add);
        files.removeIf(f -> hidden(f.getFileName()) && !hidden(path.getFileName()));
      }
    }
    files.sort(Comparator.naturalOrder());
    return files;
  }

  private static boolean hidden(Path name) {
    return name.toString().startsWith(".");
  }

  /** Paths come as bytes, one {@code char} each. */
  private Path resolved(String path) {
    byte[] bytes = path.getBytes(StandardCharsets.ISO_8859_1);
    return directory.resolve(new String(bytes, StandardCharsets.UTF_8));
  }

  private static String bytes(Path path) {
    return new String(
        path.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** The system's words, which Java replaces by types. */
  private static String reason(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "Permission denied";
    }
    return String.valueOf(
        e instanceof FileSystemException f && f.getReason() != null
            ? f.getReason()
            : e.getMessage());
  }
}
