package io.github.jedisfailover.internal.monitor.conf;

import io.github.jedisfailover.internal.monitor.conf.PlainOption.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How values of an option are checked, kept as words, and written; messages are Redis'. */
sealed interface OptionKind {
  /**
   * The value to keep.
   *
   * @param arguments what follows the name: one word, or any number if {@link #many()}
   * @param before the value so far
   */
  List<String> read(List<String> arguments, List<String> before, Surroundings around)
      throws Refused;

  /** The lines that state the value. */
  List<Line> write(List<String> value);

  /** Redis' default: lines that state it are written only over existing ones. */
  List<String> initial();

  /** Whether it takes any number of words. */
  default boolean many() {
    return false;
  }

  /** {@code yes} or {@code no}. */
  record Flag(List<String> initial) implements OptionKind {
    @Override
    public List<String> read(List<String> arguments, List<String> before, Surroundings around)
        throws Refused {
      String word = ConfWords.lower(arguments.get(0));
      if (!word.equals("yes") && !word.equals("no")) {
        throw new Refused("argument must be 'yes' or 'no'");
      }
      return List.of(word);
    }

    @Override
    public List<Line> write(List<String> value) {
      return List.of(new Line(value.get(0), !value.equals(initial)));
    }
  }

  /** A string, quoted in the file; {@code check} may be stricter. No word: not set. */
  record Text(List<String> initial, TextRule rule) implements OptionKind {
    @Override
    public List<String> read(List<String> arguments, List<String> before, Surroundings around)
        throws Refused {
      String text = arguments.get(0);
      Optional<String> wrong = rule.wrong(text);
      if (wrong.isPresent()) {
        throw new Refused(wrong.get());
      }
      return text.isEmpty() && initial.isEmpty() ? List.of() : List.of(text);
    }

    @Override
    public List<Line> write(List<String> value) {
      return value.stream()
          .map(text -> new Line(ConfWords.quoted(text), !value.equals(initial)))
          .toList();
    }
  }

  /** One of a list of words, or with {@code many} several. */
  record Choice(List<String> initial, List<String> words, boolean many) implements OptionKind {
    @Override
    public List<String> read(List<String> arguments, List<String> before, Surroundings around)
        throws Refused {
      List<String> given = arguments.stream().map(ConfWords::lower).toList();
      if (given.isEmpty() || !words.containsAll(given)) {
        throw new Refused("argument(s) must be one of the following: " + String.join(", ", words));
      }
      if (given.containsAll(List.of("save", "nosave"))) {
        throw new Refused("shutdown options SAVE and NOSAVE can't be used simultaneously");
      }
      return canonical(given);
    }

    /** In the table's order and without what says nothing. */
    private List<String> canonical(List<String> given) {
      if (given.equals(List.of("relative"))) {
        return List.of("yes"); // oom-score-adj knows two words for one thing
      }
      List<String> kept = new ArrayList<>(words);
      kept.retainAll(given);
      if (many && kept.size() > 1) {
        kept.removeAll(initial);
      }
      return List.copyOf(kept);
    }

    @Override
    public List<Line> write(List<String> value) {
      return List.of(new Line(String.join(" ", value), !value.equals(initial)));
    }
  }

  /** How a number is spelled. */
  enum Form {
    INTEGER("argument couldn't be parsed into an integer"),
    MEMORY("argument must be a memory value"),
    PERCENT("argument must be a memory or percent value"),
    OCTAL("argument couldn't be parsed as an octal number");

    final String message;

    Form(String message) {
      this.message = message;
    }
  }

  /** A number within bounds. A percentage is kept as its negative, as Redis does. */
  record Number(List<String> initial, long low, long high, Form form, boolean unsigned)
      implements OptionKind {
    @Override
    public List<String> read(List<String> arguments, List<String> before, Surroundings around)
        throws Refused {
      OptionalLong value = parse(arguments.get(0));
      if (value.isEmpty()) {
        throw new Refused(form.message);
      }
      check(value.getAsLong());
      return List.of(decimal(value.getAsLong()));
    }

    private OptionalLong parse(String word) {
      return switch (form) {
        case INTEGER -> CNumbers.strict(word);
        case MEMORY -> CNumbers.memory(word);
        case OCTAL -> CNumbers.octal(word);
        case PERCENT -> {
          OptionalLong memory = CNumbers.memory(word);
          yield memory.isPresent() ? memory : percentage(word);
        }
      };
    }

    private static OptionalLong percentage(String word) {
      if (word.length() < 2 || !word.endsWith("%")) {
        return OptionalLong.empty();
      }
      OptionalLong number = CNumbers.strict(word.substring(0, word.length() - 1));
      boolean fits = number.isPresent() && number.getAsLong() >= 0;
      return fits ? OptionalLong.of(-number.getAsLong()) : OptionalLong.empty();
    }

    private void check(long value) throws Refused {
      if (form == Form.PERCENT && value < 0) {
        if (value < low) {
          throw new Refused("percentage argument must be less or equal to " + -low);
        }
        return;
      }
      boolean inside =
          unsigned
              ? Long.compareUnsigned(value, low) >= 0 && Long.compareUnsigned(value, high) <= 0
              : value >= low && value <= high;
      if (!inside) {
        throw new Refused(
            "argument must be between " + spelled(low) + " and " + spelled(high) + " inclusive");
      }
    }

    private String spelled(long value) {
      return form == Form.OCTAL ? Long.toOctalString(value) : decimal(value);
    }

    private String decimal(long value) {
      return unsigned ? Long.toUnsignedString(value) : Long.toString(value);
    }

    @Override
    public List<Line> write(List<String> value) {
      String word = value.get(0);
      long number = unsigned ? Long.parseUnsignedLong(word) : Long.parseLong(word);
      String text =
          switch (form) {
            case INTEGER -> word;
            case OCTAL -> Long.toOctalString(number);
            case MEMORY -> CNumbers.memoryText(number);
            case PERCENT -> number < 0 ? -number + "%" : CNumbers.memoryText(number);
          };
      return List.of(new Line(text, !value.equals(initial)));
    }
  }

  /** The options with a form of their own. */
  record Special(ListOption option) implements OptionKind {
    @Override
    public List<String> read(List<String> arguments, List<String> before, Surroundings around)
        throws Refused {
      return option.read(arguments, before, around);
    }

    @Override
    public List<Line> write(List<String> value) {
      return option.write(value);
    }

    @Override
    public List<String> initial() {
      return option.initial;
    }

    @Override
    public boolean many() {
      return option.many;
    }
  }
}
