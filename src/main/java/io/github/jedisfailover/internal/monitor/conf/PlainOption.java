package io.github.jedisfailover.internal.monitor.conf;

import java.util.List;
import java.util.Optional;

/**
 * One option of plain Redis.
 *
 * @param name its modern name
 * @param alias an older name that is read as well
 * @param kind how its value is read and written
 * @param atStart the value in a sentinel that read no file; it may differ from the default, and is
 *     then always written
 */
record PlainOption(String name, Optional<String> alias, OptionKind kind, List<String> atStart) {
  /** What stands in a line after the option's name, and whether the line must be in the file. */
  record Line(String text, boolean forced) {}
}
