package io.github.jedisfailover.internal.monitor.conf;

import java.util.List;
import java.util.Optional;

/**
 * The arguments of {@code redis-sentinel}: a file, then {@code --option value ...}, which become
 * lines after the file's own.
 *
 * @param file the config file; empty if none is named
 * @param standardInput whether more lines come from the standard input, between file and overrides
 * @param overrides lines for {@link ConfReader#read}
 */
public record CommandLine(Optional<String> file, boolean standardInput, String overrides) {
  /** Takes the arguments after the program's name; {@code --help} and the like are not known. */
  public static CommandLine parse(List<String> arguments) {
    boolean named = !arguments.isEmpty() && !arguments.get(0).startsWith("-");
    Optional<String> file = named ? Optional.of(arguments.get(0)) : Optional.empty();
    StringBuilder lines = new StringBuilder();
    boolean standardInput = false;
    boolean optionMayStart = true;
    for (int i = named ? 1 : 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      boolean last = i == arguments.size() - 1;
      if (argument.equals("-") && (i == 0 || last)) {
        standardInput = true;
      } else if (optionMayStart && argument.startsWith("--")) {
        lines.append(lines.length() == 0 ? "" : "\n").append(argument.substring(2)).append(' ');
        boolean optionNext = !last && arguments.get(i + 1).startsWith("--");
        optionMayStart = !nameOnly(argument) || withoutValue(argument, optionNext);
        if (ConfWords.same(argument, "--save") && (optionNext || last)) {
          lines.append("\"\""); // arrays that end up empty in a start script
        }
      } else {
        lines.append(ConfWords.quoted(argument)).append(' ');
        optionMayStart = true;
      }
    }
    return new CommandLine(file, standardInput, lines.toString());
  }

  /** {@code --port}, not {@code "--port 1"}. A value may look like an option: one must follow. */
  private static boolean nameOnly(String argument) {
    return ConfWords.split(argument).map(words -> words.size() == 1).orElse(false);
  }

  private static boolean withoutValue(String argument, boolean optionNext) {
    boolean may = ConfWords.same(argument, "--save") || ConfWords.same(argument, "--sentinel");
    return may && optionNext;
  }
}
