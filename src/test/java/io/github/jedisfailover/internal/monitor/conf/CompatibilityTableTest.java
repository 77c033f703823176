package io.github.jedisfailover.internal.monitor.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.jedisfailover.internal.monitor.acl.CommandCatalog;
import io.github.jedisfailover.internal.monitor.acl.CommandSpec;
import io.github.jedisfailover.internal.monitor.core.Departures;
import io.github.jedisfailover.internal.monitor.core.Period;
import io.github.jedisfailover.testsupport.CompatibilityPage;
import io.github.jedisfailover.testsupport.CompatibilityPage.Row;
import io.github.jedisfailover.testsupport.ReportedEvents;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page that tells what of Sentinel is there says what the code says, both ways. It stands in
 * this package for the table of options.
 */
class CompatibilityTableTest {
  private static final Path MONITOR =
      Path.of("src/main/java/io/github/jedisfailover/internal/monitor");
  private static final Path DEPARTURES = Path.of("src/test/resources/sentinel/departures.txt");
  private static final String COMMANDS = "Commands";
  private static final String LINES = "Lines of the config file: sentinel";
  private static final String OPTIONS = "Lines of the config file: options of Redis";

  private final CompatibilityPage page = CompatibilityPage.read();

  private static Stream<String> matches(Path file, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult m) -> m.group(1))
        .toList()
        .stream();
  }

  @Test
  void everyRowHasAStateAndSaysHowOrWhy() {
    assertThat(page.rows()).hasSizeGreaterThan(80);
    for (Row row : page.rows()) {
      assertThat(row.state()).as("%s", row.names()).isIn("same", "better", "left out");
      if (!row.state().equals("same")) {
        assertThat(row.how()).as("%s is %s", row.names(), row.state()).hasSizeGreaterThan(20);
      }
    }
  }

  /** What a Sentinel does not know is served by the table of commands beside the catalogue. */
  @Test
  void commandsAreThoseOfTheCatalogueAndTheFewMore() throws IOException {
    Set<String> served =
        CommandCatalog.all().stream().map(CommandSpec::name).collect(Collectors.toSet());
    matches(MONITOR.resolve("wire/CommandTable.java"), "new CommandSpec\\(\\s*\"([a-z|-]+)\"")
        .forEach(extra -> assertThat(served.add(extra)).as(extra).isTrue());
    Set<String> told =
        page.byName(COMMANDS).keySet().stream()
            .map(name -> name.toLowerCase(Locale.ROOT).replace(' ', '|'))
            .collect(Collectors.toSet());
    assertThat(told).isEqualTo(served);
  }

  /** The list of replies that differ and this page cannot contradict each other. */
  @Test
  void everyDepartureOfTheRepliesIsTold() throws IOException {
    Map<String, Row> commands = page.byName(COMMANDS);
    List<String> departures =
        Files.readAllLines(DEPARTURES).stream()
            .filter(l -> !l.isBlank() && !l.startsWith("#"))
            .toList();
    assertThat(departures).isNotEmpty();
    for (String line : departures) {
      List<Row> asked =
          Arrays.stream(line.substring(line.indexOf('|') + 1, line.indexOf(" => ")).split(" ;; "))
              .map(request -> row(commands, request.strip().toUpperCase(Locale.ROOT)))
              .toList();
      if (line.startsWith("embedded")) {
        assertThat(asked).as(line).anyMatch(r -> r.how().contains("inside an application"));
      } else {
        assertThat(asked).as(line).anyMatch(r -> !r.state().equals("same"));
      }
    }
  }

  private static Row row(Map<String, Row> commands, String request) {
    String[] words = request.split(" ");
    String two = words.length > 1 ? words[0] + " " + words[1] : words[0];
    Row none = new Row(List.of(request), List.of(request, "same", ""));
    return commands.getOrDefault(two, commands.getOrDefault(words[0], none));
  }

  @Test
  void eventsAndTheirLevelsAreThoseThatTheCoreReports() {
    Map<String, String> told = new TreeMap<>();
    page.byName("Events").forEach((name, row) -> told.put(name, row.cells().get(1)));
    Set<String> missing =
        page.byName("Events").entrySet().stream()
            .filter(e -> e.getValue().state().equals("left out"))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    Map<String, String> reported = ReportedEvents.read();
    assertThat(reported)
        .as("left out, but there")
        .doesNotContainKeys(missing.toArray(new String[0]));
    told.keySet().removeAll(missing);
    assertThat(told).isEqualTo(reported);
  }

  @Test
  void sentinelLinesAreThoseThatTheReaderKnows() throws IOException {
    Set<String> known =
        Stream.concat(
                matches(MONITOR.resolve("conf/SentinelLines.java"), "\"([a-z-]+)/\\d\""),
                matches(MONITOR.resolve("conf/MasterDraft.java"), "\"([a-z-]+)/\\d\""))
            .collect(Collectors.toSet());
    assertThat(page.byName(LINES).keySet()).isEqualTo(known);
  }

  @Test
  void optionsAreThoseThatTheReaderKnows() {
    Set<String> known = new LinkedHashSet<>();
    for (PlainOption option : OptionTable.all()) {
      known.add(option.name());
      option.alias().ifPresent(known::add);
    }
    Set<String> more = new LinkedHashSet<>(page.byName(OPTIONS).keySet());
    assertThat(more).containsAll(known);
    more.removeAll(known);
    // What the reader takes without the table: these, and nothing else that the page tells of.
    Map<String, String> samples =
        Map.of(
            "user", "user bob on",
            "include", "include more.conf",
            "loadmodule", "loadmodule x.so",
            "rename-command", "rename-command PING P",
            "list-max-ziplist-entries", "list-max-ziplist-entries 1",
            "list-max-ziplist-value", "list-max-ziplist-value 1",
            "lua-replicate-commands", "lua-replicate-commands yes");
    assertThat(more).isEqualTo(samples.keySet());
    samples
        .values()
        .forEach(
            line ->
                assertThatCode(() -> ConfReader.read(line, "", Surroundings.unchecked("/d")))
                    .as(line)
                    .doesNotThrowAnyException());
  }

  @Test
  void periodsHaveTheseDefaults() {
    Map<String, String> told = new TreeMap<>();
    page.byName("Periods").forEach((name, row) -> told.put(name, row.cells().get(1)));
    Map<String, String> defaults =
        Arrays.stream(Period.values())
            .collect(Collectors.toMap(Period::wireName, p -> Long.toString(p.defaultMillis())));
    assertThat(told).isEqualTo(defaults);
  }

  @Test
  void fixedFiguresHaveTheseValues() throws IOException {
    List<Row> figures = page.table("Fixed figures");
    assertThat(figures).isNotEmpty();
    for (Row row : figures) {
      String[] place = row.cells().get(2).replace("`", "").split("\\.");
      String source = Files.readString(file(place[0]));
      Matcher value = Pattern.compile(" " + place[1] + " = ([\\d_]+);").matcher(source);
      assertThat(value.find()).as("%s in %s", place[1], place[0]).isTrue();
      assertThat(row.cells().get(1)).as(place[1]).isEqualTo(value.group(1).replace("_", ""));
    }
  }

  private static Path file(String type) throws IOException {
    try (Stream<Path> files = Files.walk(MONITOR)) {
      // Settings of the core have a type of the same name as those of the file; the latter is
      // meant.
      return files
          .filter(f -> f.endsWith(type + ".java"))
          .filter(f -> !type.equals("GlobalSettings") || f.getParent().endsWith("conf"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void rulesAreTheSwitchesOfDepartures() {
    assertThat(page.byName("Rules").keySet())
        .containsExactlyInAnyOrder(
            Arrays.stream(Departures.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toArray(String[]::new));
  }
}
