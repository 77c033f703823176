package io.github.jedisfailover.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every command that a reader may copy is one that the build runs. */
class CommandsTest {
  private static final Pattern INLINE =
      Pattern.compile(
          "`((?:JAVA_HOME=\\S+ )?(?:mvn|java|redis-cli|php|docker|target/\\S+) [^`]+)`");
  private static final Pattern PROGRAM =
      Pattern.compile(
          "(?:[A-Z_]+=\\S+ )*(?:mvn|java|redis-cli|php|docker|diff|curl|target/\\S+) .*");
  private static final Pattern PROPERTY = Pattern.compile("-D([\\w.-]+)=(\"[^\"]*\"|'[^']*'|\\S+)");
  private static final Set<String> MAVENS_OWN =
      Set.of("test", "it.test", "surefire.failIfNoSpecifiedTests", "maven.repo.local");

  private final Set<String> commands = new LinkedHashSet<>();

  CommandsTest() throws IOException {
    for (Path page : LinksTest.texts()) {
      if (!page.endsWith("CHANGELOG.md")) {
        collect(Files.readString(page));
      }
    }
  }

  private void collect(String text) {
    String fence = null;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      if (line.strip().startsWith("```")) {
        fence = fence == null ? line.strip().substring(3) : null;
      } else if (fence == null) {
        INLINE.matcher(line).results().forEach(c -> add(c.group(1)));
      } else if (List.of("", "sh").contains(fence)) {
        add(line);
      }
    }
  }

  private void add(String line) {
    String command = line.strip().replaceFirst("\\s+#.*", "");
    if (PROGRAM.matcher(command).matches()) {
      commands.add(command);
    }
  }

  @Test
  void theyAreFound() {
    assertThat(commands).contains("mvn -q -Pdemo", "mvn verify").hasSizeGreaterThan(20);
  }

  /** Its profiles and tests exist, and some code reads each of its properties. */
  @Test
  void eachOfMavenNamesWhatExists() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String tests = sources(Path.of("src/test/java")) + pom;
    for (String command : commands.stream().filter(c -> c.contains("mvn ")).toList()) {
      Matcher profile = Pattern.compile("-P(\\S+)").matcher(command);
      while (profile.find()) {
        assertThat(pom).as(command).contains("<id>" + profile.group(1) + "</id>");
      }
      Matcher property = PROPERTY.matcher(command);
      while (property.find()) {
        String value = property.group(2).replaceAll("[\"']", "");
        if (property.group(1).endsWith("test")) {
          assertThat(testsNamed(value)).as(command).isTrue();
        } else if (!MAVENS_OWN.contains(property.group(1))) {
          assertThat(tests).as(command).contains(property.group(1));
        }
      }
    }
  }

  /** {@code commands.txt} says which test or script runs it, and that exists and names it. */
  @Test
  void eachOtherIsRunByTheBuild() throws IOException {
    Map<String, String> runners = runners();
    List<String> missing = new ArrayList<>();
    for (String command : commands) {
      if (!command.contains("mvn ") && !runners.containsKey(command)) {
        missing.add(command);
      }
    }
    assertThat(missing).as("commands that no test or script is known to run").isEmpty();
    for (Map.Entry<String, String> runner : runners.entrySet()) {
      assertThat(commands).as("no page has it any more").contains(runner.getKey());
      assertThat(testsNamed(runner.getValue())).as(runner.toString()).isTrue();
    }
  }

  private static Map<String, String> runners() throws IOException {
    Map<String, String> runners = new HashMap<>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/docs/commands.txt"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split(" => ");
        assertThat(parts).as(line).hasSize(2);
        runners.put(parts[0].strip(), parts[1].strip());
      }
    }
    return runners;
  }

  private static boolean testsNamed(String names) throws IOException {
    for (String name : names.split(",")) {
      String file = name.equals("none") ? "*" : name.replaceAll("[#!].*", "");
      Pattern pattern = Pattern.compile(file.replace("*", ".*") + "\\.java");
      try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
        if (files.noneMatch(f -> pattern.matcher(f.getFileName().toString()).matches())) {
          return false;
        }
      }
    }
    return true;
  }

  private static String sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(f -> f.toString().endsWith(".java"))
          .map(CommandsTest::read)
          .collect(Collectors.joining("\n"));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
