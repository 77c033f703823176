package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.samples.dropin.Settings;
import io.github.jedisfailover.testing.Leaks;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.resps.Tuple;

/** The programs of {@code samples/drop-in}: one line differs, the replies do not. */
class DropInIT {
  private static final String PACKAGE = "io.github.jedisfailover.samples.dropin";
  private static final Path PLAIN = sources("main");
  private static final Path FAILOVER = sources("failover");

  private static final List<Object> REPLIES =
      List.of(
          "OK",
          "orders",
          "OK",
          1L,
          9L,
          "OK",
          Arrays.asList("1", "2", null),
          2L,
          Map.of("state", "paid", "total", "12"),
          3L,
          List.of("x", "y"),
          2L,
          true,
          2L,
          List.of(new Tuple("bert", 1.0), new Tuple("anna", 2.0)),
          1L,
          6L,
          List.of(4L, "x"),
          List.of(7L, "7"),
          List.of("order:1"));

  private static RedisServers servers;
  private static RedisGroup group;
  private static LocalMonitors monitors;

  private static Path sources(String kind) {
    return Path.of("samples", "drop-in", "src", kind, "java").resolve(PACKAGE.replace('.', '/'));
  }

  @BeforeAll
  static void start() {
    servers = RedisServers.open();
    group = servers.group(1);
    monitors = LocalMonitors.start(servers, group, Stage.DOWN_AFTER);
    monitors.awaitAgreement(group, group.master());
  }

  @AfterAll
  static void stop() {
    if (monitors != null) {
      monitors.close();
    }
    if (servers != null) {
      servers.close();
    }
  }

  @Test
  void everyProgramStandsInBothPlaces() throws IOException {
    assertThat(programs(FAILOVER)).hasSize(4).isEqualTo(programs(PLAIN));
  }

  private static Set<String> programs(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Program.java"))
          .collect(Collectors.toSet());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RedisClient", "UnifiedJedis", "JedisPool", "JedisSentinelPool"})
  void oneLineMakesItAFailoverClient(String kind, @TempDir Path classes) throws Exception {
    String program = kind + "Program";
    List<String> plain = Files.readAllLines(PLAIN.resolve(program + ".java"));
    List<String> failover = Files.readAllLines(FAILOVER.resolve(program + ".java"));
    assertThat(failover).hasSameSizeAs(plain);
    List<Integer> changed =
        IntStream.range(0, plain.size())
            .filter(i -> !plain.get(i).equals(failover.get(i)))
            .boxed()
            .toList();
    assertThat(changed).as("changed lines").hasSize(1);
    assertThat(plain.get(changed.get(0))).contains(kind + " ").contains(" = ");
    assertThat(failover.get(changed.get(0))).contains(" = ").contains("io.github.jedisfailover.");

    compile(FAILOVER.resolve(program + ".java"), classes);
    Class<?> ours = new Changed(classes).loadClass(PACKAGE + "." + program);
    assertThat(run(Class.forName(PACKAGE + "." + program))).isEqualTo(REPLIES);
    assertThat(Leaks.haThreads()).noneMatch(name -> name.startsWith("ha-mymaster-pools"));
    assertThat(run(ours)).isEqualTo(REPLIES);
  }

  private static Object run(Class<?> program) throws Exception {
    RedisNode master = group.master();
    master.command("FLUSHALL");
    Settings settings =
        new Settings(
            master.address().host(),
            master.port(),
            texts(monitors.addresses()),
            texts(List.of(group.addresses())),
            monitors.observer());
    try {
      return program.getMethod("run", Settings.class).invoke(null, settings);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(program.getName() + " failed", e.getCause());
    }
  }

  private static Set<String> texts(Collection<NodeAddress> addresses) {
    return addresses.stream().map(NodeAddress::toString).collect(Collectors.toSet());
  }

  private static void compile(Path source, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  files,
                  null,
                  List.of("-cp", System.getProperty("java.class.path"), "-d", classes.toString()),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as("%s compiles: %s", source, complaints).isTrue();
    }
  }

  /** Prefers the changed program to the one of the same name among the tests' classes. */
  private static final class Changed extends ClassLoader {
    private final Path classes;

    Changed(Path classes) {
      super(DropInIT.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Path file = classes.resolve(name.replace('.', '/') + ".class");
      if (!Files.exists(file)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known != null ? known : define(name, file);
      }
    }

    private Class<?> define(String name, Path file) throws ClassNotFoundException {
      try {
        byte[] code = Files.readAllBytes(file);
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
