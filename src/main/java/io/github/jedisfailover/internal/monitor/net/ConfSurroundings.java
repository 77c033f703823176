package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.acl.Glob;
import io.github.jedisfailover.internal.monitor.conf.Surroundings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
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

  /** As C's {@code glob}: wildcards may stand in any part, and a pattern may find nothing. */
  private List<Path> files(String pattern) throws IOException {
    if (!isPattern(pattern)) {
      return List.of(resolved(pattern));
    }
    Path wanted = path(pattern);
    List<Path> found = List.of(wanted.isAbsolute() ? wanted.getRoot() : directory);
    for (Path part : wanted) {
      List<Path> deeper = new ArrayList<>();
      for (Path parent : found) {
        deeper.addAll(matching(parent, part.toString()));
      }
      found = deeper;
    }
    found.sort(Comparator.naturalOrder());
    return found;
  }

  private static boolean isPattern(String name) {
    return name.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
  }

  private static List<Path> matching(Path parent, String name) throws IOException {
    if (!isPattern(name)) {
      Path only = parent.resolve(name);
      return Files.exists(only) ? List.of(only) : List.of();
    }
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    String pattern = name.replace("[!", "[^");
    try (DirectoryStream<Path> all = Files.newDirectoryStream(parent)) {
      for (Path each : all) {
        String own = each.getFileName().toString();
        if (Glob.matches(pattern, own) && hidden(own) == hidden(name)) {
          found.add(each);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  private static boolean hidden(String name) {
    return name.startsWith(".");
  }

  private Path resolved(String path) {
    return directory.resolve(path(path));
  }

  /** Paths come as bytes, one {@code char} each. */
  private static Path path(String bytes) {
    return Path.of(new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
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
