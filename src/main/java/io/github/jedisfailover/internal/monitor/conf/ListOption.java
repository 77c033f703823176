package io.github.jedisfailover.internal.monitor.conf;

import io.github.jedisfailover.internal.monitor.conf.PlainOption.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Options whose value has a form of its own. */
enum ListOption {
  BIND("bind", true, List.of("*", "-::*")) {
    private static final int MAX = 16;

    @Override
    List<String> read(List<String> arguments, List<String> before, Surroundings around)
        throws Refused {
      if (arguments.size() > MAX) {
        throw new Refused("Too many bind addresses specified.");
      }
      return arguments.equals(List.of("")) ? List.of() : arguments;
    }

    @Override
    List<Line> write(List<String> value) {
      if (value.equals(initial)) {
        return List.of(); // unlike other defaults it is taken out of the file
      }
      return forced(value.isEmpty() ? "\"\"" : words(value));
    }
  },
  DIR("dir", false, List.of()) {
    @Override
    List<String> read(List<String> arguments, List<String> before, Surroundings around)
        throws Refused {
      Optional<String> wrong = around.enter(arguments.get(0));
      if (wrong.isPresent()) {
        throw new Refused(wrong.get());
      }
      return List.of(around.directory());
    }

    @Override
    List<Line> write(List<String> value) {
      return value.stream().map(dir -> new Line(ConfWords.quoted(dir), true)).toList();
    }
  },
  SAVE("save", true, List.of()) {
    @Override
    List<String> read(List<String> arguments, List<String> before, Surroundings around)
        throws Refused {
      List<String> pairs = arguments.equals(List.of("")) ? List.of() : arguments;
      boolean wrong = pairs.size() % 2 != 0;
      for (int i = 0; i < pairs.size() && !wrong; i++) {
        OptionalLong number = CNumbers.whole(pairs.get(i));
        wrong = number.isEmpty() || number.getAsLong() < (i % 2 == 0 ? 1 : 0);
      }
      if (wrong) {
        throw new Refused("Invalid save parameters");
      }
      return List.of(); // a sentinel saves nothing, and takes such lines out of its file
    }

    @Override
    List<Line> write(List<String> value) {
      return List.of();
    }
  },
  BUFFER_LIMITS(
      "client-output-buffer-limit",
      true,
      List.of(
          "normal",
          "0",
          "0",
          "0",
          "replica",
          "268435456",
          "67108864",
          "60",
          "pubsub",
          "33554432",
          "8388608",
          "60")) {
    @Override
    List<String> read(List<String> arguments, List<String> before, Surroundings around)
        throws Refused {
      return BufferLimits.read(arguments, before);
    }

    @Override
    List<Line> write(List<String> value) {
      return BufferLimits.write(value, initial);
    }
  },
  OOM_SCORES("oom-score-adj-values", true, List.of("0", "200", "800")) {
    @Override
    List<String> read(List<String> arguments, List<String> before, Surroundings around)
        throws Refused {
      one(arguments, 3);
      List<String> value = new ArrayList<>();
      for (String word : arguments) {
        OptionalLong score = CNumbers.whole(word);
        if (score.isEmpty() || Math.abs(score.getAsLong()) > 2000) {
          throw new Refused(
              "Invalid oom-score-adj-values, elements must be between -2000 and 2000.");
        }
        value.add(Long.toString(score.getAsLong()));
      }
      return value;
    }

    @Override
    List<Line> write(List<String> value) {
      return List.of(new Line(words(value), !value.equals(initial)));
    }
  },
  KEYSPACE_EVENTS("notify-keyspace-events", false, List.of("")) {
    private static final String ALL = "g$lshzxetd";
    private static final String ORDER = "g$lshzxetdnKEm";

    @Override
    List<String> read(List<String> arguments, List<String> before, Surroundings around)
        throws Refused {
      String letters = arguments.get(0).replace("A", ALL);
      if (letters.chars().anyMatch(c -> ORDER.indexOf(c) < 0)) {
        throw new Refused("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.");
      }
      StringBuilder kept = new StringBuilder();
      ORDER.chars().filter(c -> letters.indexOf(c) >= 0).forEach(c -> kept.append((char) c));
      // With all of them the new-key class is not shown: the real one loses it in writing.
      return List.of(kept.toString().replaceFirst("^" + Pattern.quote(ALL) + "n?", "A"));
    }

    @Override
    List<Line> write(List<String> value) {
      return List.of(new Line(ConfWords.quoted(value.get(0)), !value.equals(initial)));
    }
  },
  REPLICA_OF("replicaof", true, List.of()) {
    @Override
    List<String> read(List<String> arguments, List<String> before, Surroundings around)
        throws Refused {
      one(arguments, 2);
      if (ConfWords.same(words(arguments), "no one")) {
        return List.of();
      }
      OptionalLong port = CNumbers.whole(arguments.get(1));
      if (port.isEmpty() || port.getAsLong() < 0 || port.getAsLong() > 65535) {
        throw new Refused("Invalid master port");
      }
      return List.of(arguments.get(0), Long.toString(port.getAsLong()));
    }

    @Override
    List<Line> write(List<String> value) {
      return value.isEmpty() ? List.of() : forced(words(value));
    }
  },
  PERCENTILES("latency-tracking-info-percentiles", true, List.of("50", "99", "99.9")) {
    private static final Pattern DECIMAL =
        Pattern.compile("[+-]?(\\d++\\.?+\\d*+|\\.\\d++)([eE][+-]?\\d++)?");
    private static final Map<String, Double> ENDLESS =
        Map.of("inf", Double.POSITIVE_INFINITY, "-inf", Double.NEGATIVE_INFINITY);

    @Override
    List<String> read(List<String> arguments, List<String> before, Surroundings around)
        throws Refused {
      List<String> value = new ArrayList<>();
      for (String word : arguments.equals(List.of("")) ? List.<String>of() : arguments) {
        Double number =
            DECIMAL.matcher(word).matches()
                ? Double.valueOf(word)
                : ENDLESS.get(ConfWords.lower(word));
        if (number == null) {
          throw new Refused("Invalid latency-tracking-info-percentiles parameters");
        }
        if (number < 0 || number > 100) {
          throw new Refused(
              "latency-tracking-info-percentiles parameters should sit between [0.0,100.0]");
        }
        value.add(String.format(Locale.ROOT, "%.6f", number).replaceFirst("\\.?0+$", ""));
      }
      return value;
    }

    @Override
    List<Line> write(List<String> value) {
      return forced(value.isEmpty() ? "\"\"" : words(value));
    }
  };

  final String name;
  final boolean many;
  final List<String> initial;

  ListOption(String name, boolean many, List<String> initial) {
    this.name = name;
    this.many = many;
    this.initial = initial;
  }

  /** As {@link OptionKind#read}. */
  abstract List<String> read(List<String> arguments, List<String> before, Surroundings around)
      throws Refused;

  /** As {@link OptionKind#write}. */
  abstract List<Line> write(List<String> value);

  private static void one(List<String> arguments, int count) throws Refused {
    if (arguments.size() != count) {
      throw new Refused("wrong number of arguments");
    }
  }

  private static List<Line> forced(String text) {
    return List.of(new Line(text, true));
  }

  private static String words(List<String> value) {
    return String.join(" ", value.stream().map(ConfWords::quotedIfNeeded).toList());
  }
}
