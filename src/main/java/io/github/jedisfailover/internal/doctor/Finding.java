package io.github.jedisfailover.internal.doctor;

import java.util.Collection;
import java.util.List;

/**
 * Something dangerous.
 *
 * @param where addresses of nodes, monitors or hosts
 * @param what is the case, and what it leads to
 * @param mend how to mend it
 */
public record Finding(Rule rule, List<String> where, String what, String mend) {
  public Finding {
    where = List.copyOf(where);
  }

  /** In the order given, each place once. */
  static Finding at(Rule rule, Collection<?> where, String what, String mend) {
    return new Finding(rule, where.stream().map(String::valueOf).distinct().toList(), what, mend);
  }

  public Severity severity() {
    return rule.severity();
  }
}
