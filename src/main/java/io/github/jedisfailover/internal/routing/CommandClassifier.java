package io.github.jedisfailover.internal.routing;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.commands.ProtocolCommand;

/**
 * Decides from the command, and only where needed from its arguments, whether a replica may run it.
 *
 * <p>Called once per command: an array look-up for Redis' own commands, a map look-up for other
 * enums (modules, users' own). Only commands that are not enum constants, or whose intent depends
 * on arguments, take the slow path. Thread-safe.
 */
public final class CommandClassifier {
  /** READONLY only with some sub-command or without some option. */
  private static final Set<String> DEPEND_ON_ARGUMENTS =
      Set.of("OBJECT", "XINFO", "FT.AGGREGATE", "FT.HYBRID");

  private enum Rule {
    MASTER_ONLY,
    ANY_NODE,
    BY_ARGUMENTS
  }

  private final RegistryFlags flags = new RegistryFlags();
  private final Rule[] builtIn;
  // Enum constants only: their number is bounded, that of command objects made per call is not.
  private final Map<ProtocolCommand, Rule> otherEnums = new ConcurrentHashMap<>();

  public CommandClassifier() {
    Protocol.Command[] commands = Protocol.Command.values();
    builtIn = new Rule[commands.length];
    for (Protocol.Command command : commands) {
      builtIn[command.ordinal()] = ruleFor(command);
    }
  }

  public CommandIntent classify(CommandArguments command) {
    ProtocolCommand name = command.getCommand();
    Rule rule = name instanceof Protocol.Command known ? builtIn[known.ordinal()] : otherRule(name);
    return switch (rule) {
      case ANY_NODE -> CommandIntent.ANY_NODE;
      case MASTER_ONLY -> CommandIntent.MASTER_ONLY;
      case BY_ARGUMENTS -> byArguments(command);
    };
  }

  private Rule otherRule(ProtocolCommand name) {
    if (!(name instanceof Enum<?>)) {
      return ruleFor(name);
    }
    Rule known = otherEnums.get(name);
    return known != null ? known : otherEnums.computeIfAbsent(name, this::ruleFor);
  }

  private Rule ruleFor(ProtocolCommand command) {
    String name = CommandNames.upper(command);
    if (ReadLookalikes.contains(name)) {
      return Rule.MASTER_ONLY;
    }
    if (DEPEND_ON_ARGUMENTS.contains(name)) {
      return Rule.BY_ARGUMENTS;
    }
    return flags.readsOnly(new CommandArguments(command)) ? Rule.ANY_NODE : Rule.MASTER_ONLY;
  }

  private CommandIntent byArguments(CommandArguments command) {
    if (!flags.readsOnly(command)) {
      return CommandIntent.MASTER_ONLY;
    }
    // Two words may also be data (a query text); then a read goes to the master, which is harmless.
    for (int i = 2; i < command.size(); i++) {
      if (CommandNames.upper(command, i).equals("WITHCURSOR")) {
        return CommandIntent.MASTER_ONLY;
      }
    }
    return CommandIntent.ANY_NODE;
  }
}
