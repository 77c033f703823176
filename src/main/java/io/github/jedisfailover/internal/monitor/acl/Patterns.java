package io.github.jedisfailover.internal.monitor.acl;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Names that a user may use.
 *
 * @param all any name, whatever the patterns
 */
public record Patterns(boolean all, List<String> patterns) {
  static final Patterns NONE = new Patterns(false, List.of());
  static final Patterns ALL = new Patterns(true, List.of());

  public Patterns {
    patterns = List.copyOf(patterns);
  }

  Patterns with(String pattern) {
    List<String> more = new ArrayList<>(patterns);
    if (!more.contains(pattern)) {
      more.add(pattern);
    }
    return new Patterns(false, more);
  }

  /** Whether these patterns take the name in. */
  public boolean allow(String name) {
    return all || patterns.stream().anyMatch(p -> Glob.matches(p, name));
  }

  /** A pattern to subscribe to has to stand there literally: nobody can say what it covers. */
  public boolean allowPattern(String pattern) {
    return all || patterns.contains(pattern);
  }

  String describe(String prefix) {
    return all
        ? prefix + "*"
        : patterns.stream().map(p -> prefix + p).collect(Collectors.joining(" "));
  }
}
