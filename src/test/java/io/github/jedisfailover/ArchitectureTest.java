package io.github.jedisfailover;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the shape of the house: who may import whom, and who owns time, threads and chance. */
class ArchitectureTest {
  private static final String HA = "io.github.jedisfailover";
  private static final String ROOT = "";
  private static final String INTERNAL = HA + ".internal..";

  /** Package -> what it may import of ours. The root package and integrations may import all. */
  private static final Map<String, List<String>> MAY_IMPORT =
      Map.ofEntries(
          row("topology"),
          row("exceptions"),
          row("config", "topology"),
          row("event", "topology"),
          row("metrics", "topology"),
          row("health", "topology"),
          row("internal.runtime", "topology", "event", "metrics"),
          row("internal.jedis", "exceptions"),
          row("internal.settings", "topology", "config"),
          row("internal.routing", "topology", "config"),
          row("internal.lag", "topology"),
          row("internal.probe", "internal.lag", "internal.runtime", "config", "topology"),
          row("internal.monitor.core", "topology"),
          row("internal.monitor.acl"),
          row("internal.monitor.wire", "internal.monitor.core", "internal.monitor.acl", "topology"),
          row("internal.monitor.conf", "internal.monitor.core", "topology"),
          row("internal.monitor.tls", "internal.monitor.conf"),
          row(
              "internal.monitor.net",
              "internal.monitor.core",
              "internal.monitor.wire",
              "internal.monitor.conf",
              "internal.monitor.acl",
              "internal.monitor.tls",
              "internal.runtime",
              "config",
              "topology",
              "event",
              "metrics"),
          row(
              "internal.process",
              "internal.monitor.core",
              "internal.monitor.conf",
              "internal.monitor.net",
              "internal.monitor.tls",
              "internal.runtime",
              "topology"),
          row("internal.doctor", "topology"),
          row(
              "internal.cli",
              "", // the client itself
              "internal.doctor",
              "internal.settings",
              "internal.monitor.net",
              "internal.runtime",
              "config",
              "exceptions",
              "topology"),
          row("internal.pool", "topology", "config", "internal.runtime", "metrics"),
          row(
              "internal.source",
              "internal.monitor.core",
              "internal.monitor.wire",
              "internal.monitor.net",
              "internal.runtime",
              "config",
              "topology",
              "event"),
          row(
              "internal.execution",
              "internal.routing",
              "internal.pool",
              "internal.lag",
              "internal.probe",
              "internal.runtime",
              "config",
              "exceptions",
              "event",
              "metrics",
              "topology"),
          row("internal.jmx", "health", "metrics", "topology"),
          row(
              "internal.observe",
              "internal.execution",
              "internal.pool",
              "internal.probe",
              "internal.lag",
              "internal.source",
              "internal.runtime",
              "config",
              "event",
              "health",
              "metrics",
              "topology"),
          row("internal.testkit", "internal.runtime"),
          row(
              "testing",
              ROOT,
              "config",
              "event",
              "metrics",
              "topology",
              "internal.monitor.net",
              "internal.runtime",
              "internal.testkit"),
          row("testing.junit", ROOT, "testing"),
          row(
              "testing.containers",
              ROOT,
              "testing",
              "internal.testkit",
              "config",
              "metrics",
              "topology"));

  /** What a package without I/O, clock, thread, lock, randomness or logging may use besides. */
  private static final List<String> PURE_JDK =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.runtime",
          "java.math",
          "java.util",
          "java.util.function",
          "java.util.stream",
          "java.util.regex");

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(HA);

  private static Map.Entry<String, List<String>> row(String from, String... allowed) {
    return entry(
        HA + "." + from,
        Arrays.stream(allowed).map(a -> a.equals(ROOT) ? HA : HA + "." + a).toList());
  }

  static Stream<String> packages() {
    return MAY_IMPORT.keySet().stream().sorted();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("packages")
  void aPackageImportsOnlyWhatTheTableNames(String from) {
    List<String> reach = new ArrayList<>(MAY_IMPORT.get(from));
    reach.add(from);
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat(
            resideInAPackage(HA + "..").and(not(resideInAnyPackage(reach.toArray(String[]::new)))))
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void everyPackageStandsInTheTable() {
    TreeSet<String> packages = new TreeSet<>();
    OURS.forEach(c -> packages.add(c.getPackageName()));
    packages.removeIf(p -> p.equals(HA) || p.startsWith(HA + ".integration."));
    assertThat(MAY_IMPORT.keySet()).containsAll(packages);
  }

  @Test
  void packagesHaveNoCycles() {
    // Not HA.(**): that leaves the root package out, and a cycle through it would pass.
    slices().matching("(**)").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void topologyIsPure() {
    pure("topology", List.of("java.time"), List.of());
  }

  @Test
  void eventsArePure() {
    pure("event", List.of("java.time", HA + ".topology"), List.of());
  }

  @Test
  void healthReportsArePure() {
    pure("health", List.of("java.time", HA + ".topology"), List.of());
  }

  @Test
  void proofsOfTheLagArePure() {
    pure("internal.lag", List.of(HA + ".topology"), List.of());
  }

  @Test
  void theMonitorCoreIsPure() {
    pure("internal.monitor.core", List.of(HA + ".topology"), List.of());
  }

  @Test
  void theDoctorsRulesArePure() {
    pure("internal.doctor", List.of(HA + ".topology"), List.of());
  }

  @Test
  void accessRulesArePure() {
    pure("internal.monitor.acl", List.of("java.nio.charset", "java.security"), List.of());
  }

  @Test
  void theWireFormatIsPure() {
    pure(
        "internal.monitor.wire",
        List.of(
            HA + ".topology",
            HA + ".internal.monitor.core",
            HA + ".internal.monitor.acl",
            "java.nio.charset"),
        List.of("java.io.ByteArrayOutputStream", "java.io.OutputStream"));
  }

  @Test
  void theConfigFileFormatIsPure() {
    pure(
        "internal.monitor.conf",
        List.of(HA + ".topology", HA + ".internal.monitor.core"),
        List.of());
  }

  @Test
  void routingIsPure() {
    pure(
        "internal.routing",
        List.of(HA + ".topology", HA + ".config", "redis.clients.jedis.args", "java.nio.charset"),
        List.of(
            // A cache of decisions that never change: it neither waits nor is seen from outside.
            "java.util.concurrent.ConcurrentHashMap",
            "redis.clients.jedis.CommandArguments",
            "redis.clients.jedis.CommandFlagsRegistry",
            "redis.clients.jedis.CommandFlagsRegistry$CommandFlag",
            "redis.clients.jedis.StaticCommandFlagsRegistry",
            "redis.clients.jedis.Protocol",
            "redis.clients.jedis.Protocol$Command",
            "redis.clients.jedis.Protocol$Keyword",
            "redis.clients.jedis.commands.ProtocolCommand",
            "redis.clients.jedis.util.SafeEncoder"));
  }

  private static void pure(String ours, List<String> packages, List<String> classes) {
    List<String> reach = new ArrayList<>(PURE_JDK);
    reach.addAll(packages);
    reach.add(HA + "." + ours);
    DescribedPredicate<JavaClass> allowed =
        resideInAnyPackage(reach.toArray(String[]::new))
            .or(
                DescribedPredicate.describe(
                    "one of " + classes, c -> classes.contains(c.getBaseComponentType().getName())))
            .or(DescribedPredicate.describe("primitive", c -> primitive(c)))
            .and(not(belongToAnyOf(Thread.class, ThreadLocal.class, Timer.class, Random.class)))
            .and(not(belongToAnyOf(UUID.class, SplittableRandom.class)));
    classes()
        .that()
        .resideInAPackage(HA + "." + ours)
        .should()
        .onlyDependOnClassesThat(allowed)
        .allowEmptyShould(true)
        .check(OURS);
  }

  private static boolean primitive(JavaClass c) {
    return c.getBaseComponentType().isPrimitive();
  }

  @Test
  void timeThreadsAndChanceComeFromRuntime() {
    // callMethod would not see System::nanoTime; accesses include method references.
    noClasses()
        .that()
        .resideOutsideOfPackage(HA + ".internal.runtime..")
        .should()
        .accessTargetWhere(
            target(
                    owner(
                        belongToAnyOf(
                            System.class,
                            Instant.class,
                            LocalDateTime.class,
                            OffsetDateTime.class,
                            ZonedDateTime.class,
                            Clock.class,
                            Thread.class,
                            TimeUnit.class,
                            Timer.class,
                            ForkJoinPool.class,
                            ThreadPoolExecutor.class,
                            Executors.class)))
                .and(
                    target(
                        nameMatching(
                            "nanoTime|currentTimeMillis|now|system.*|sleep|new.*|commonPool|<init>"))))
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(
            Random.class, ThreadLocalRandom.class, SecureRandom.class, SplittableRandom.class)
        .orShould()
        .accessTargetWhere(
            target(owner(belongToAnyOf(Math.class))).and(target(nameMatching("random"))))
        .orShould()
        .accessTargetWhere(
            // Runs on the common pool; a plain CompletableFuture is only a slot for a value.
            target(owner(belongToAnyOf(CompletableFuture.class)))
                .and(target(nameMatching(".*Async|orTimeout|completeOnTimeout|delayedExecutor"))))
        .orShould()
        .accessTargetWhere(
            target(owner(belongToAnyOf(UUID.class))).and(target(nameMatching("randomUUID"))))
        .check(OURS);
  }

  @Test
  void nothingIsSynchronized() throws IOException {
    // A virtual thread that blocks inside synchronized pins its carrier.
    noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).check(OURS);
    try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
      List<Path> withBlocks =
          sources
              .filter(Files::isRegularFile)
              .filter(f -> text(f).contains("synchronized ("))
              .toList();
      assertThat(withBlocks).isEmpty();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void optionalLibrariesStayOptional() {
    noClasses()
        .that()
        .resideOutsideOfPackage(HA + ".integration..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", "org.springframework..", "io.opentelemetry..")
        .check(OURS);
  }

  @Test
  void picocliStaysInTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(HA + ".internal.cli")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(OURS);
  }

  @Test
  void springKnowsOfInternalsOnlyTheNamesOfSettings() {
    noClasses()
        .that()
        .resideInAPackage(HA + ".integration.spring")
        .should()
        .dependOnClassesThat(
            resideInAPackage(INTERNAL)
                .and(not(resideInAnyPackage(HA + ".internal.settings", HA + ".internal.jedis"))))
        .check(OURS);
  }

  @Test
  void whatSaysThatJedisIsTooOldNeedsNoJedis() {
    noClasses()
        .that()
        .resideInAPackage(HA + ".internal.jedis")
        .or()
        .haveNameMatching(".*\\.(JedisVersionAutoConfiguration|UnsupportedJedis\\w+)")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("redis.clients..")
        .check(OURS);
  }

  @Test
  void testFrameworksStayInsideTheTestKit() {
    noClasses()
        .that()
        .resideOutsideOfPackage(HA + ".testing.junit")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.junit..", "org.opentest4j..", "org.assertj..", "org.awaitility..")
        .check(OURS);
    noClasses()
        .that()
        .resideOutsideOfPackage(HA + ".internal.testkit")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("redis.embedded..")
        .check(OURS);
  }

  @Test
  void testcontainersStaysWithTheContainers() {
    noClasses()
        .that()
        .resideOutsideOfPackages(HA + ".testing.containers", HA + ".integration.spring")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.testcontainers..", "com.github.dockerjava..")
        .check(OURS);
  }

  @Test
  void resilience4jStaysInsideExecution() {
    noClasses()
        .that()
        .resideOutsideOfPackages(HA + ".internal.execution", HA + ".internal.pool")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.github.resilience4j..")
        .check(OURS);
  }

  @Test
  void publicSignaturesShowNoInternals() {
    DescribedPredicate<JavaClass> hidden = resideInAnyPackage(INTERNAL, "io.github.resilience4j..");
    noMethods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackage(INTERNAL)
        .should()
        .haveRawReturnType(hidden)
        .orShould()
        .haveRawParameterTypes(anyElementThat(hidden))
        .check(OURS);
  }
}
