package io.github.jedisfailover.internal.monitor.conf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the form of the rules in a {@code user} line, as Redis does while it reads the file. Names
 * of commands and categories are not checked there; a wrong one ends the process later, with a line
 * in its log.
 */
final class AclRules {
  private static final Set<String> WORDS =
      Set.of("on", "off", "skip-sanitize-payload", "sanitize-payload", "clearselectors");
  private static final Set<String> SELECTOR_WORDS =
      Set.of("resetkeys", "allcommands", "nocommands", "resetchannels", "allkeys", "allchannels");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern READ_WRITE =
      Pattern.compile("%(?:[rR][wW]?|[wW][rR]?)(?:~.*)?", Pattern.DOTALL);
  private static final String AFTER_ALL =
      "Adding a pattern after the * pattern (or the '%1$s' flag) is not valid and does not have any"
          + " effect. Try '%2$s' to start with an empty list of %3$s";

  private final Selector root = new Selector();
  private final List<String> passwords = new ArrayList<>();

  private AclRules() {}

  /**
   * @throws Refused with the whole message
   * @param words the line with {@code user} and the name
   */
  static void check(List<String> words) throws Refused {
    List<String> rules = words.subList(2, words.size());
    AclRules state = new AclRules();
    List<String> merged = new ArrayList<>();
    int open = merge(rules, merged);
    if (open >= 0) {
      // Redis' words are those of the last error that the system had; here always this one.
      throw refused(words, open, "Unknown command or category name in ACL");
    }
    for (int i = 0; i < merged.size(); i++) {
      Optional<String> wrong = state.apply(merged.get(i));
      if (wrong.isPresent()) {
        throw refused(words, i, wrong.get());
      }
    }
  }

  /** The real one counts from the first rule and shows the word of that number in the line. */
  static Refused refused(List<String> words, int index, String reason) {
    return new Refused("Error in user declaration '" + words.get(index) + "': " + reason);
  }

  /** Joins what stands in brackets; the index of a bracket that stays open, or -1. */
  private static int merge(List<String> rules, List<String> merged) {
    int open = -1;
    StringBuilder selector = new StringBuilder();
    for (int i = 0; i < rules.size(); i++) {
      String rule = rules.get(i);
      if (rule.startsWith("(") && !rule.endsWith(")")) {
        selector = new StringBuilder(rule);
        open = i;
      } else if (open >= 0) {
        selector.append(' ').append(rule);
        if (rule.endsWith(")")) {
          open = -1;
          merged.add(selector.toString());
        }
      } else {
        merged.add(rule);
      }
    }
    return open;
  }

  private Optional<String> apply(String rule) {
    String word = ConfWords.lower(rule);
    if (rule.isEmpty() || WORDS.contains(word)) {
      return Optional.empty();
    }
    if (word.equals("nopass") || word.equals("resetpass")) {
      passwords.clear();
      return Optional.empty();
    }
    if (word.equals("reset")) {
      passwords.clear();
      root.reset();
      return Optional.empty();
    }
    if (">#<!".indexOf(rule.charAt(0)) >= 0) {
      return password(rule);
    }
    if (rule.startsWith("(") && rule.endsWith(")")) {
      return selector(rule.substring(1, Math.max(1, rule.length() - 1)));
    }
    return root.apply(rule);
  }

  private Optional<String> password(String rule) {
    char kind = rule.charAt(0);
    String text = rule.substring(1);
    boolean hashed = kind == '#' || kind == '!';
    if (hashed && !HASH.matcher(text).matches()) {
      return Optional.of(
          "The password hash must be exactly 64 characters and contain only lowercase hexadecimal"
              + " characters");
    }
    if (kind == '>' || kind == '#') {
      passwords.add(rule);
      return Optional.empty();
    }
    // A password and a hash may be the same secret: only what certainly is not there is refused.
    boolean known =
        passwords.removeIf(p -> p.equals((hashed ? "#" : ">") + text))
            || passwords.stream().anyMatch(p -> p.charAt(0) != (hashed ? '#' : '>'));
    return known
        ? Optional.empty()
        : Optional.of("The password you are trying to remove from the user does not exist");
  }

  private static Optional<String> selector(String inner) {
    Selector selector = new Selector();
    return ConfWords.split(inner).orElse(List.of()).stream()
        .map(selector::apply)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Keys and channels of one set of permissions. */
  private static final class Selector {
    private boolean allKeys;
    private boolean allChannels;

    void reset() {
      allKeys = false;
      allChannels = false;
    }

    Optional<String> apply(String rule) {
      String word = ConfWords.lower(rule);
      if (word.equals("~*") || word.equals("allkeys") || word.equals("resetkeys")) {
        allKeys = !word.equals("resetkeys");
      } else if (word.equals("&*") || word.equals("allchannels") || word.equals("resetchannels")) {
        allChannels = !word.equals("resetchannels");
      } else if (rule.startsWith("~") || rule.startsWith("%")) {
        return keys(rule);
      } else if (rule.startsWith("&")) {
        return channels(rule);
      } else if (word.startsWith("+") && !word.startsWith("+@") && word.indexOf('|') >= 0) {
        return firstArgument(word);
      } else if (!SELECTOR_WORDS.contains(word) && !rule.startsWith("+") && !rule.startsWith("-")) {
        return Optional.of("Syntax error");
      }
      return Optional.empty();
    }

    /** {@code +command|argument}; a command that a sentinel does not have is not looked at. */
    private static Optional<String> firstArgument(String rule) {
      int bar = rule.lastIndexOf('|');
      String command = rule.substring(1, bar);
      int inner = command.indexOf('|');
      if (!ConfReader.COMMANDS.contains(inner < 0 ? command : command.substring(0, inner))) {
        return Optional.empty();
      }
      if (inner >= 0) {
        return Optional.of("Allowing first-arg of a subcommand is not supported");
      }
      return bar == rule.length() - 1 ? Optional.of("Syntax error") : Optional.empty();
    }

    private Optional<String> keys(String rule) {
      if (allKeys) {
        return Optional.of(
            String.format(Locale.ROOT, AFTER_ALL, "allkeys", "resetkeys", "patterns"));
      }
      boolean wrong = rule.startsWith("%") && !READ_WRITE.matcher(rule).matches();
      return wrong || spaced(rule) ? Optional.of("Syntax error") : Optional.empty();
    }

    private Optional<String> channels(String rule) {
      if (allChannels) {
        return Optional.of(
            String.format(Locale.ROOT, AFTER_ALL, "allchannels", "resetchannels", "channels"));
      }
      return spaced(rule) ? Optional.of("Syntax error") : Optional.empty();
    }

    private static boolean spaced(String rule) {
      return rule.chars().anyMatch(c -> ConfWords.isBlank((char) c));
    }
  }
}
