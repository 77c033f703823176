package io.github.jedisfailover.internal.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command prints.
 *
 * @param interactive whether people look at it as it is printed
 * @param colour whether it may be coloured
 */
record Terminal(PrintWriter out, PrintWriter err, boolean interactive, boolean colour) {
  static final int WIDTH = 80;
  private static final String ESCAPE = "\u001b[";

  static Terminal ofThisProcess() {
    boolean interactive = isTerminal(System.console());
    return new Terminal(
        new PrintWriter(System.out, true),
        new PrintWriter(System.err, true),
        interactive,
        interactive && mayColour(System.getenv()));
  }

  /** As no-color.org has it: present and not empty. */
  static boolean mayColour(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /**
   * Since Java 22 there is a console also where there is no terminal; older ones cannot be asked.
   */
  private static boolean isTerminal(Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  Ansi ansi() {
    return colour ? Ansi.ON : Ansi.OFF;
  }

  String bad(String text) {
    return painted("1;31", text);
  }

  String doubtful(String text) {
    return painted("33", text);
  }

  String good(String text) {
    return painted("32", text);
  }

  String strong(String text) {
    return painted("1", text);
  }

  private String painted(String colours, String text) {
    return colour ? ESCAPE + colours + "m" + text + ESCAPE + "0m" : text;
  }

  /** Before a picture that takes the place of the last one. */
  void clear() {
    if (interactive) {
      out.print(ESCAPE + "H" + ESCAPE + "2J");
    }
  }
}
