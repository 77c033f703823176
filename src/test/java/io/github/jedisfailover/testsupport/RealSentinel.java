package io.github.jedisfailover.testsupport;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.internal.testkit.Signals;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

/** One process of the installed {@code redis-sentinel}. */
public final class RealSentinel implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Pattern PATTERN = Pattern.compile("v=(\\d+\\.\\d+\\.\\d+)");
  private static final JedisClientConfig PLAIN = login(null);

  /** Ended with the JVM, if it comes to that. */
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Thread end = new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "end-sentinels");
    Runtime.getRuntime().addShutdownHook(end);
  }

  private final Process process;
  private final Path errors;
  private final Path log;
  private final HostAndPort address;
  private volatile JedisClientConfig login = PLAIN;

  private RealSentinel(Process process, Path errors, Path log, HostAndPort address) {
    this.process = process;
    this.errors = errors;
    this.log = log;
    this.address = address;
  }

  private static JedisClientConfig login(String password) {
    return DefaultJedisClientConfig.builder()
        .protocol(RedisProtocol.RESP2)
        .connectionTimeoutMillis(1_000)
        .socketTimeoutMillis(5_000)
        .password(password)
        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
        .build();
  }

  /** The executable on the PATH. */
  public static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(dir -> !dir.isEmpty())
        .map(dir -> Path.of(dir, "redis-sentinel"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Its version, for example {@code 7.0.15}; empty if none is installed. */
  public static Optional<String> version() {
    return Installed.VERSION;
  }

  /** Skips a test that compares words and forms of this version where it is not installed. */
  public static void assumeVersion70() {
    assumeTrue(
        version().filter(v -> v.startsWith("7.0.")).isPresent(),
        () -> "skipped: no redis-sentinel 7.0 on the PATH, found " + version());
  }

  /** Asked once. */
  private static final class Installed {
    static final Optional<String> VERSION =
        find()
            .map(
                path -> {
                  Matcher version = PATTERN.matcher(output(path.toString(), "--version"));
                  return version.find() ? version.group(1) : "unknown";
                });
  }

  private static String output(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a start that must fail says. */
  public record Refusal(int exit, String errors, String log) {}

  /** Starts in the file's directory with a file that must be refused; waits for the end. */
  public static Refusal refuses(Path file, String... arguments) {
    try (RealSentinel sentinel = launch(file, 0, arguments)) {
      if (!sentinel.process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("redis-sentinel accepts " + Files.readString(file));
      }
      return new Refusal(sentinel.process.exitValue(), text(sentinel.errors), text(sentinel.log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts in the file's directory; returns when it answers on the port. */
  public static RealSentinel start(Path file, int port, String... arguments) {
    return ready(file, launch(file, port, arguments));
  }

  /** As {@link #start}, one that wants a password. */
  public static RealSentinel startWithPassword(Path file, int port, String password) {
    RealSentinel sentinel = launch(file, port);
    sentinel.login = login(password);
    return ready(file, sentinel);
  }

  private static RealSentinel ready(Path file, RealSentinel sentinel) {
    try {
      await("redis-sentinel with " + file)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(10))
          .atMost(LIMIT)
          .until(sentinel::readyOrThrow);
      return sentinel;
    } catch (RuntimeException e) {
      sentinel.close();
      throw e;
    }
  }

  private static RealSentinel launch(Path file, int port, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(find().orElseThrow().toString());
    command.add(file.toString());
    command.addAll(List.of(arguments));
    try {
      Path errors = Files.createTempFile(file.toAbsolutePath().getParent(), "errors", ".txt");
      Path log = Files.createTempFile(file.toAbsolutePath().getParent(), "output", ".txt");
      Process process =
          new ProcessBuilder(command)
              .directory(file.toAbsolutePath().getParent().toFile())
              .redirectError(errors.toFile())
              .redirectOutput(log.toFile())
              .start();
      RUNNING.add(process);
      process.getOutputStream().close();
      return new RealSentinel(process, errors, log, new HostAndPort("127.0.0.1", port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean readyOrThrow() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "redis-sentinel ended with " + process.exitValue() + ":\n" + text(errors) + text(log));
    }
    try {
      return "PONG".equals(command("PING"));
    } catch (JedisException e) {
      return false; // not listening yet
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public NodeAddress address() {
    return new NodeAddress(address.getHost(), address.getPort());
  }

  /** One command on a connection of its own; strings, numbers and lists of them come back. */
  public Object command(String name, String... arguments) {
    try (Connection connection = new Connection(address, login)) {
      CommandArguments request = new CommandArguments(() -> SafeEncoder.encode(name));
      Arrays.stream(arguments).forEach(request::add);
      return SafeEncoder.encodeObject(connection.executeCommand(request));
    }
  }

  /** {@code SENTINEL MASTER name}, one field. */
  public String master(String name, String field) {
    List<?> fields = (List<?>) command("SENTINEL", "MASTER", name);
    int at = fields.indexOf(field);
    return at < 0 ? "" : fields.get(at + 1).toString();
  }

  public String log() {
    return text(log);
  }

  /** SIGTERM, on which it exits by itself; the file is as it was after the last change. */
  public void stop() {
    process.destroy();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("redis-sentinel does not stop:\n" + log());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      Signals.kill(process);
    }
    RUNNING.remove(process);
  }
}
