package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.FailoverPipeline;
import io.github.jedisfailover.FailoverSession;
import io.github.jedisfailover.FailoverView;
import io.github.jedisfailover.RedisFailoverClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.UnifiedJedis;

/** Every public method stands in exactly one row of the page about method families. */
class MethodFamiliesTest {
  private static final Path PAGE = Path.of("src/site/markdown/method-families.md");
  private static final Pattern WORD = Pattern.compile("`([^`]+)`");
  private static final List<Class<?>> CLASSES =
      List.of(
          UnifiedJedis.class,
          RedisFailoverClient.class,
          FailoverView.class,
          FailoverSession.class,
          AbstractPipeline.class,
          Pipeline.class,
          FailoverPipeline.class,
          AbstractTransaction.class,
          Transaction.class);

  /**
   * @param family its name
   * @param methods interfaces of Jedis and names of methods
   * @param tests what shows it
   */
  private record Row(String family, List<String> methods, List<String> tests) {}

  private static List<Row> rows() {
    return lines().stream()
        .map(line -> line.split("\\|"))
        .filter(cells -> cells.length == 6)
        .map(cells -> new Row(cells[1].strip(), words(cells[2]), words(cells[5])))
        .filter(row -> !row.methods().isEmpty())
        .toList();
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> words(String cell) {
    return WORD.matcher(cell).results().map(m -> m.group(1)).toList();
  }

  private static Stream<Method> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(m -> m.getDeclaringClass() != Object.class)
        .filter(m -> !Modifier.isStatic(m.getModifiers()));
  }

  /** Its name if a row has it, else its interfaces as the page names them. */
  private static Set<String> keys(Class<?> type, Method method, Set<String> listed) {
    if (listed.contains(method.getName())) {
      return Set.of(method.getName());
    }
    return interfaces(type).stream()
        .filter(i -> declares(i, method))
        .map(i -> i.getSimpleName().replace("Pipeline", "").replace("Binary", ""))
        .collect(Collectors.toSet());
  }

  private static Set<Class<?>> interfaces(Class<?> type) {
    Set<Class<?>> found = new LinkedHashSet<>();
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> i : c.getInterfaces()) {
        found.add(i);
        found.addAll(interfaces(i));
      }
    }
    return found;
  }

  private static boolean declares(Class<?> type, Method method) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(m -> m.getName().equals(method.getName()))
        .anyMatch(m -> Arrays.equals(m.getParameterTypes(), method.getParameterTypes()));
  }

  @Test
  void everyMethodStandsInExactlyOneRowAndNoRowIsStale() {
    List<Row> rows = rows();
    List<String> all = rows.stream().flatMap(r -> r.methods().stream()).toList();
    assertThat(all).doesNotHaveDuplicates();
    Set<String> listed = new HashSet<>(all);
    Set<String> used = new HashSet<>();
    List<String> strays = new ArrayList<>();
    for (Class<?> type : CLASSES) {
      methods(type)
          .forEach(
              method -> {
                Set<String> keys = keys(type, method, listed);
                used.addAll(keys);
                if (rows.stream().filter(r -> r.methods().stream().anyMatch(keys::contains)).count()
                    != 1) {
                  strays.add(type.getSimpleName() + "." + method.getName() + " " + keys);
                }
              });
    }
    assertThat(strays).as("in no row, or in several").isEmpty();
    Set<String> stale = new TreeSet<>(listed);
    stale.removeAll(used);
    assertThat(stale).as("in the page and in no class").isEmpty();
  }

  @Test
  void eachRowNamesTestsThatExist() {
    Set<String> tests = testClasses();
    assertThat(rows()).hasSizeGreaterThan(30).allSatisfy(r -> assertThat(r.tests()).isNotEmpty());
    assertThat(testsOfThePage()).isNotEmpty();
    assertThat(tests).containsAll(testsOfThePage());
  }

  /** A kind with a test that was renamed or lost is a kind without a test. */
  @Test
  void eachKindNamesTestsOfASignalThatExist() {
    List<String> named =
        lines().stream()
            .flatMap(line -> words(line).stream())
            .filter(word -> word.matches("[A-Z]\\w+(Test|IT)\\.\\w+"))
            .toList();
    assertThat(named).hasSizeGreaterThan(20);
    assertThat(named)
        .allSatisfy(
            word -> {
              String[] parts = word.split("\\.");
              assertThat(source(parts[0])).contains("void " + parts[1] + "(");
            });
  }

  private static String source(String test) {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      Path file = files.filter(f -> f.endsWith(test + ".java")).findFirst().orElseThrow();
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> testsOfThePage() {
    return lines().stream()
        .flatMap(line -> words(line).stream())
        .filter(word -> word.matches("[A-Z]\\w+(Test|IT)"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> testClasses() {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.replace(".java", ""))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
