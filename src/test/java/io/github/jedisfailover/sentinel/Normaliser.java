package io.github.jedisfailover.sentinel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes out of a stream of replies what may differ between two servers, as a row allows it. */
final class Normaliser {
  /** What a row compares, besides types, order and the number of frames. */
  enum How {
    /** Everything. */
    EXACT,
    /** Everything but the values of the fields that tell a time, an offset or a queue's length. */
    TIMES,
    /** Everything but the order of items. */
    SORTED,
    /** Of texts of {@code name:value} lines the names. */
    NAMES,
    /** Everything but the values of numbers. */
    NUMBERS,
    /** Of client descriptions ({@code name=value}) the names, and values that are not measured. */
    CLIENTS,
    /** Everything but the order of words in texts. */
    WORDS,
    /** Types of frames and lengths of texts. */
    SHAPE
  }

  private static final Set<String> TIMES =
      Set.of(
          "link-pending-commands",
          "last-ping-sent",
          "last-ok-ping-reply",
          "last-ping-reply",
          "info-refresh",
          "role-reported-time",
          "slave-repl-offset",
          "id",
          "age-seconds");
  private static final Pattern MEASURED =
      Pattern.compile(
          "\\b(id|addr|laddr|fd|age|idle|qbuf|qbuf-free|argv-mem|multi-mem|rbs|rbp|obl|oll|omem"
              + "|tot-mem|events)=\\S*");

  private final Map<String, String> own;

  /**
   * @param own text of this server only, such as its port -> what stands for it
   */
  Normaliser(Map<String, String> own) {
    this.own = Map.copyOf(own);
  }

  String text(byte[] replies, Set<How> how) {
    List<Frame> frames = Frame.all(replies);
    return frames.stream().map(f -> normal(f, how).toString()).collect(Collectors.joining("\n"));
  }

  private Frame normal(Frame frame, Set<How> how) {
    Frame result = frame.mapped(this::withoutOwn);
    if (how.contains(How.TIMES)) {
      result = result.withItems(Normaliser::withoutTimes);
    }
    if (how.contains(How.CLIENTS)) {
      result = result.mapped(t -> MEASURED.matcher(t).replaceAll("$1=<>"));
    }
    if (how.contains(How.NAMES)) {
      result = result.mapped(Normaliser::names);
    }
    if (how.contains(How.NUMBERS)) {
      result = withoutNumbers(result);
    }
    if (how.contains(How.WORDS)) {
      result = result.mapped(Normaliser::sortedWords);
    }
    if (how.contains(How.SHAPE)) {
      result = shape(result);
    }
    return how.contains(How.SORTED) ? result.withItems(Normaliser::sorted) : result;
  }

  private String withoutOwn(String text) {
    String result = text;
    for (Map.Entry<String, String> entry : own.entrySet()) {
      result = result.replace(entry.getKey(), entry.getValue());
    }
    return result;
  }

  private static List<Frame> withoutTimes(List<Frame> items) {
    List<Frame> result = new ArrayList<>(items);
    for (int i = 0; i + 1 < result.size(); i++) {
      if (TIMES.contains(String.valueOf(result.get(i).text()))) {
        result.set(i + 1, new Frame(result.get(i + 1).type(), "<time>", List.of()));
      }
    }
    return result;
  }

  private static String names(String text) {
    return text.lines()
        .map(l -> l.contains(":") ? l.substring(0, l.indexOf(':')) : l)
        .collect(Collectors.joining("\n"));
  }

  private static String sortedWords(String text) {
    return Stream.of(text.split(" ")).sorted().collect(Collectors.joining(" "));
  }

  private static Frame withoutNumbers(Frame frame) {
    if (frame.isAggregate()) {
      List<Frame> items = frame.items().stream().map(Normaliser::withoutNumbers).toList();
      return new Frame(frame.type(), frame.text(), items);
    }
    return isNumber(frame) ? new Frame(frame.type(), "<n>", List.of()) : frame;
  }

  private static boolean isNumber(Frame frame) {
    return ":,".indexOf(frame.type()) >= 0;
  }

  private static Frame shape(Frame frame) {
    if (frame.isAggregate()) {
      List<Frame> items = frame.items().stream().map(Normaliser::shape).toList();
      return new Frame(frame.type(), frame.text(), items);
    }
    String text = frame.text();
    return text == null
        ? frame
        : new Frame(frame.type(), isNumber(frame) ? "<n>" : "<" + text.length() + ">", List.of());
  }

  private static List<Frame> sorted(List<Frame> items) {
    return items.stream().sorted(Comparator.comparing(Frame::toString)).toList();
  }
}
