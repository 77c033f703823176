package io.github.jedisfailover.internal.monitor.conf;

import io.github.jedisfailover.internal.monitor.conf.PlainOption.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** {@code client-output-buffer-limit}: class, hard limit, soft limit and seconds, three times. */
final class BufferLimits {
  private static final int FIELDS = 4;
  private static final List<String> CLASSES = List.of("normal", "replica", "pubsub");

  private BufferLimits() {}

  /** Changes the classes that are named and keeps the others. */
  static List<String> read(List<String> arguments, List<String> before) throws Refused {
    if (arguments.size() % FIELDS != 0) {
      throw new Refused("Wrong number of arguments in buffer limit configuration.");
    }
    List<String> value = new ArrayList<>(before);
    for (int i = 0; i < arguments.size(); i += FIELDS) {
      String name = ConfWords.lower(arguments.get(i));
      int kind = CLASSES.indexOf(name.equals("slave") ? "replica" : name);
      if (kind < 0) {
        throw new Refused("Invalid client class specified in buffer limit configuration.");
      }
      OptionalLong hard = CNumbers.memory(arguments.get(i + 1));
      OptionalLong soft = CNumbers.memory(arguments.get(i + 2));
      OptionalLong seconds = CNumbers.whole(arguments.get(i + 3));
      if (hard.isEmpty() || soft.isEmpty() || seconds.isEmpty() || seconds.getAsLong() < 0) {
        throw new Refused(
            "Error in hard, soft or soft_seconds setting in buffer limit configuration.");
      }
      value.set(kind * FIELDS + 1, Long.toUnsignedString(hard.getAsLong()));
      value.set(kind * FIELDS + 2, Long.toUnsignedString(soft.getAsLong()));
      value.set(kind * FIELDS + 3, Long.toString(seconds.getAsLong()));
    }
    return value;
  }

  static List<Line> write(List<String> value, List<String> initial) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < value.size(); i += FIELDS) {
      String text =
          value.get(i)
              + " "
              + CNumbers.memoryText(Long.parseUnsignedLong(value.get(i + 1)))
              + " "
              + CNumbers.memoryText(Long.parseUnsignedLong(value.get(i + 2)))
              + " "
              + value.get(i + 3);
      boolean changed = !value.subList(i, i + FIELDS).equals(initial.subList(i, i + FIELDS));
      lines.add(new Line(text, changed));
    }
    return lines;
  }
}
