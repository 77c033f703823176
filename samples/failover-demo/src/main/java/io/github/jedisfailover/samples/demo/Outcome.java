package io.github.jedisfailover.samples.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one run found: figures to show, and checks that should hold. */
final class Outcome {
  private final Map<String, String> figures = new LinkedHashMap<>();
  private final List<Check> checks = new ArrayList<>();
  private long firstWriteMillis = -1;
  private long longestCallMillis;

  record Check(String rule, boolean holds, String found) {}

  void figure(String name, Object value) {
    figures.put(name, String.valueOf(value));
  }

  void check(String rule, boolean holds, Object found) {
    checks.add(new Check(rule, holds, String.valueOf(found)));
  }

  void firstWriteMillis(long millis) {
    firstWriteMillis = millis;
  }

  long firstWriteMillis() {
    return firstWriteMillis;
  }

  void longestCallMillis(long millis) {
    longestCallMillis = millis;
  }

  long longestCallMillis() {
    return longestCallMillis;
  }

  String figure(String name) {
    return figures.getOrDefault(name, "-");
  }

  boolean holds() {
    return checks.stream().allMatch(Check::holds);
  }

  void print(Screen screen) {
    screen.title("Summary");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("figure", "value"));
    figures.forEach((name, value) -> rows.add(List.of(name, value)));
    screen.table(rows);
    screen.raw("");
    for (Check check : checks) {
      Screen.Style style = check.holds() ? Screen.Style.GOOD : Screen.Style.BAD;
      String mark = style.paint(check.holds() ? "PASS" : "FAIL");
      screen.raw("         " + mark + "  " + check.rule() + " (" + check.found() + ")");
    }
  }
}
