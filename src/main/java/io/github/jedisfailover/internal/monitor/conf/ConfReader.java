package io.github.jedisfailover.internal.monitor.conf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a config file as {@code redis-sentinel} does: plain options line by line, then the {@code
 * sentinel} lines in three passes, so that a line may stand before the one it needs.
 */
public final class ConfReader {
  /** Deeper ones are loops: the real one reads them until its stack ends. */
  private static final int MAX_INCLUDES = 64;

  private static final String BAD = "Bad directive or wrong number of arguments";

  /** All commands of a sentinel. */
  static final Set<String> COMMANDS =
      Set.of(
          "acl",
          "auth",
          "client",
          "command",
          "hello",
          "info",
          "ping",
          "psubscribe",
          "publish",
          "punsubscribe",
          "role",
          "sentinel",
          "shutdown",
          "subscribe",
          "unsubscribe");

  private static final Set<String> FORGOTTEN =
      Set.of("list-max-ziplist-entries", "list-max-ziplist-value", "lua-replicate-commands");
  private static final int MIN_HZ = 1;
  private static final int MAX_HZ = 500;

  private final Surroundings around;
  private final Map<String, List<String>> values = new HashMap<>();
  private final Map<String, List<String>> users = new HashMap<>();

  /** What clients call the commands, to their own names; both in lower case. */
  private final Map<String, String> commands = new HashMap<>();

  private final List<List<Queued>> passes =
      List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  private final Map<String, String> renamed = new HashMap<>();
  private int depth;

  /** A {@code sentinel} line that waits for its pass. */
  private record Queued(ConfText.Line line, List<String> words) {}

  private ConfReader(Surroundings around) {
    this.around = around;
    COMMANDS.forEach(name -> commands.put(name, name));
  }

  /**
   * Reads a whole file.
   *
   * @param text the file, one {@code char} per byte; after it what comes from standard input
   * @param overrides lines from the command line, see {@link CommandLine}; may be empty
   * @param around what the system says
   * @throws ConfException if the real one would refuse it
   */
  public static SentinelConf read(String text, String overrides, Surroundings around)
      throws ConfException {
    ConfReader reader = new ConfReader(around);
    // A line feed comes between them even if there is nothing: lines are counted with it.
    reader.load(text + "\n" + overrides);
    return reader.conf();
  }

  private SentinelConf conf() throws ConfException {
    SentinelLines lines = new SentinelLines(around);
    for (List<Queued> pass : passes) {
      for (Queued queued : pass) {
        try {
          lines.take(queued.words());
        } catch (Refused e) {
          throw at(queued.line(), e);
        }
      }
    }
    values.put("dir", List.of(around.directory()));
    return new SentinelConf(
        lines.globals(), lines.masters(), new ProcessSettings(values, users, renamed));
  }

  private static ConfException at(ConfText.Line line, Refused why) {
    return new ConfException(line.number(), line.text(), why.getMessage());
  }

  private void load(String text) throws ConfException {
    for (ConfText.Line line : ConfText.lines(text)) {
      if (!line.saysNothing()) {
        try {
          take(line);
        } catch (Refused e) {
          throw at(line, e);
        }
      }
    }
    checkWhole();
  }

  /** Faults of no single line. */
  private void checkWhole() throws ConfException {
    Optional<String> log = value("logfile").stream().findFirst().filter(f -> !f.isEmpty());
    Optional<String> wrong = log.flatMap(around::openLog);
    if (wrong.isPresent()) {
      throw new ConfException(0, "", "Can't open the log file: " + wrong.get());
    }
    if (value("cluster-enabled").equals(List.of("yes")) && !value("replicaof").isEmpty()) {
      throw new ConfException(0, "", "replicaof directive not allowed in cluster mode");
    }
    long hz = Long.parseLong(value("hz").get(0));
    values.put("hz", List.of(Long.toString(Math.max(MIN_HZ, Math.min(MAX_HZ, hz)))));
  }

  private List<String> value(String name) {
    return values.getOrDefault(name, OptionTable.find(name).orElseThrow().atStart());
  }

  private void take(ConfText.Line line) throws Refused, ConfException {
    List<String> words =
        line.words().orElseThrow(() -> new Refused("Unbalanced quotes in configuration line"));
    if (words.isEmpty()) {
      return;
    }
    Optional<PlainOption> option = OptionTable.find(words.get(0));
    if (option.isPresent()) {
      plain(option.get(), words.subList(1, words.size()));
    } else if (!FORGOTTEN.contains(ConfWords.lower(words.get(0))) || words.size() != 2) {
      other(line, words);
    }
  }

  private void plain(PlainOption option, List<String> given) throws Refused {
    boolean many = option.kind().many();
    if (!many && given.size() != 1) {
      throw new Refused("wrong number of arguments");
    }
    List<String> arguments = given;
    if (many && given.size() == 1 && !given.get(0).isEmpty()) {
      // --bind "a b" on a command line arrives as one word.
      arguments = ConfWords.split(given.get(0)).orElse(List.of());
    }
    List<String> before = value(option.name());
    values.put(option.name(), List.copyOf(option.kind().read(arguments, before, around)));
  }

  private void other(ConfText.Line line, List<String> words) throws Refused, ConfException {
    String name = ConfWords.lower(words.get(0));
    int size = words.size();
    if (name.equals("include") && size == 2) {
      include(words.get(1));
    } else if (name.equals("rename-command") && size == 3) {
      rename(words.get(1), words.get(2));
    } else if (name.equals("user") && size >= 2) {
      user(words);
    } else if (name.equals("loadmodule") && size >= 2) {
      return; // a sentinel loads no modules, and takes such lines out of its file
    } else if (name.indexOf('.') >= 0) {
      if (size < 2) {
        throw new Refused("Module config specified without value");
      }
    } else if (name.equals("sentinel")) {
      if (size > 1) {
        passes.get(SentinelLines.pass(words.get(1))).add(new Queued(line, words.subList(1, size)));
      }
    } else {
      throw new Refused(BAD);
    }
  }

  private void include(String pattern) throws Refused, ConfException {
    if (depth == MAX_INCLUDES) {
      throw new Refused("more than " + MAX_INCLUDES + " files include each other");
    }
    depth++;
    try {
      for (String text : around.include(pattern)) {
        load(text);
      }
    } catch (Surroundings.IncludeFailed e) {
      throw new Refused("Fatal error, can't open config file '" + pattern + "': " + e.getMessage());
    }
    depth--;
  }

  private void rename(String command, String newName) throws Refused {
    String own = commands.remove(ConfWords.lower(command));
    if (own == null) {
      throw new Refused("No such command in rename-command");
    }
    if (!newName.isEmpty() && commands.putIfAbsent(ConfWords.lower(newName), own) != null) {
      throw new Refused("Target command name already exists");
    }
    renamed.put(own, ConfWords.lower(newName));
  }

  private void user(List<String> words) throws Refused {
    if (users.containsKey(words.get(1))) {
      throw AclRules.refused(
          words, 1, "Duplicate user found. A user can only be defined once in config files");
    }
    AclRules.check(words);
    users.put(words.get(1), List.copyOf(words.subList(2, words.size())));
  }
}
