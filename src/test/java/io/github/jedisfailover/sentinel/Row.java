package io.github.jedisfailover.sentinel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.jedisfailover.sentinel.Normaliser.How;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One line of the table: requests sent over one connection, and what is compared.
 *
 * @param ends whether the server must close the connection by itself
 */
record Row(Set<How> how, boolean ends, List<String> requests) {
  private static final String ENDS = "ends";

  /** {@code how | request ;; request}; see the head of the table. */
  static Row parse(String line) {
    int bar = line.indexOf('|');
    List<String> words =
        new ArrayList<>(Arrays.asList(line.substring(0, bar).strip().split("\\+")));
    boolean ends = words.remove(ENDS);
    Set<How> how =
        words.stream()
            .map(w -> How.valueOf(w.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(How.class)));
    return new Row(how, ends, Arrays.asList(line.substring(bar + 1).strip().split(" ;; ")));
  }

  /** The bytes of all requests, with the places of one server filled in. */
  byte[] bytes(Map<String, String> places) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String request : requests) {
      String filled = request;
      for (Map.Entry<String, String> place : places.entrySet()) {
        filled = filled.replace("{" + place.getKey() + "}", place.getValue());
      }
      out.writeBytes(wire(filled).getBytes(ISO_8859_1));
    }
    return out.toByteArray();
  }

  private static String wire(String request) {
    if (request.startsWith("raw>")) {
      return unescaped(request.substring(4));
    }
    if (request.startsWith("inline>")) {
      return unescaped(request.substring(7)) + "\r\n";
    }
    String[] arguments = request.split(" ");
    StringBuilder wire = new StringBuilder("*" + arguments.length + "\r\n");
    for (String argument : arguments) {
      String value = argument.equals("\"\"") ? "" : unescaped(argument);
      wire.append("$" + value.length() + "\r\n" + value + "\r\n");
    }
    return wire.toString();
  }

  private static String unescaped(String text) {
    return text.replace("\\r", "\r")
        .replace("\\n", "\n")
        .replace("\\0", "\0")
        .replace("\\s", " ")
        .replace("{long}", "x".repeat(200));
  }

  @Override
  public String toString() {
    return String.join(" ;; ", requests);
  }
}
