package io.github.jedisfailover.internal.monitor.acl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which commands a user may run.
 *
 * @param future whether the rules began with {@code +@all}
 * @param allowed names of commands and subcommands
 */
public record CommandRules(boolean future, Set<String> allowed) {
  static final CommandRules NONE = new CommandRules(false, Set.of());
  static final CommandRules ALL = new CommandRules(true, names(CommandCatalog.all()));

  public CommandRules {
    allowed = Set.copyOf(allowed);
  }

  /** Commands that a Sentinel does not know go with {@code +@all}, as future ones do in Redis. */
  public boolean allow(CommandSpec command) {
    boolean stranger = CommandCatalog.find(command.name()).isEmpty();
    return command.needsNoLogin() || (stranger ? future : allowed.contains(command.name()));
  }

  /**
   * The rules after {@code +x}, {@code -x}, {@code +@x} or {@code -@x}.
   *
   * @throws AclRuleException if there is no such command or category
   */
  CommandRules with(String rule) {
    boolean on = rule.startsWith("+");
    String name = rule.substring(1).toLowerCase(Locale.ROOT);
    if (name.equals("@all")) {
      return on ? ALL : NONE;
    }
    return name.startsWith("@") ? category(name.substring(1), on) : command(name, on);
  }

  private CommandRules category(String name, boolean on) {
    Set<String> names = new HashSet<>();
    members(name).forEach(m -> names.addAll(family(m)));
    return changed(names, on);
  }

  private static Set<String> members(String name) {
    if (!CommandCatalog.CATEGORIES.contains(name)) {
      throw AclRuleException.unknown();
    }
    return names(CommandCatalog.in(name));
  }

  private CommandRules command(String name, boolean on) {
    if (on && name.endsWith("|")) {
      throw AclRuleException.syntax();
    }
    CommandSpec command = CommandCatalog.find(name).orElseThrow(AclRuleException::unknown);
    return changed(family(command.name()), on);
  }

  /** A container stands for its subcommands too, also where it is meant by its category. */
  private static Set<String> family(String command) {
    Set<String> names = names(CommandCatalog.subcommands(command));
    names.add(command);
    return names;
  }

  private CommandRules changed(Set<String> names, boolean on) {
    Set<String> result = new HashSet<>(allowed);
    if (on) {
      result.addAll(names);
    } else {
      result.removeAll(names);
    }
    return new CommandRules(future, result);
  }

  private static Set<String> names(List<CommandSpec> commands) {
    Set<String> names = new HashSet<>();
    commands.forEach(c -> names.add(c.name()));
    return names;
  }

  /**
   * Rules that lead here, as {@code ACLDescribeSelectorCommandRules} in Redis' acl.c finds them:
   * the best fitting categories first, then what is still different one by one.
   */
  public String describe() {
    List<String> rules = new ArrayList<>(List.of(future ? "+@all" : "-@all"));
    CommandRules made = future ? ALL : NONE;
    CommandRules rest = this;
    List<String> categories = new ArrayList<>(CommandCatalog.CATEGORIES);
    String best = best(rest, categories);
    while (best != null) {
      String rule = (future ? "-@" : "+@") + best;
      rules.add(rule);
      made = made.with(rule);
      rest = rest.with((future ? "+@" : "-@") + best);
      categories.remove(best);
      best = best(rest, categories);
    }
    for (CommandSpec command : CommandCatalog.all()) {
      boolean on = allowed.contains(command.name());
      if (on != made.allowed.contains(command.name())) {
        String rule = (on ? "+" : "-") + command.name();
        rules.add(rule);
        made = made.with(rule);
      }
    }
    return String.join(" ", rules);
  }

  private String best(CommandRules rest, List<String> categories) {
    String best = null;
    long fewest = Long.MAX_VALUE;
    long most = 0;
    for (String category : categories) {
      Set<String> members = members(category);
      long on = members.stream().filter(rest.allowed::contains).count();
      long off = members.size() - on;
      long different = future ? on : off;
      long same = future ? off : on;
      boolean better = different < fewest || different == fewest && same > most;
      if (same > different && better) {
        best = category;
        fewest = different;
        most = same;
      }
    }
    return best;
  }
}
