package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.acl.CommandCatalog;
import io.github.jedisfailover.internal.monitor.acl.CommandSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the command of a request and checks what Sentinel checks before it runs one, in Redis'
 * order ({@code processCommand} in server.c): existence, arity, login, permission, subscribed
 * state.
 */
public final class CommandTable {
  private static final Set<String> WHILE_SUBSCRIBED =
      Set.of("subscribe", "psubscribe", "unsubscribe", "punsubscribe", "ping", "quit");

  /**
   * Served although a Sentinel does not know them: clients send the first two and expect no error,
   * and SENTINEL SWITCHOVER is our own. COMMAND and HELP are silent about them.
   */
  private static final Map<String, CommandSpec> EXTRAS =
      Map.of(
          "quit", new CommandSpec("quit", -1, List.of("no_auth"), List.of("connection"), List.of()),
          "client|setinfo",
              new CommandSpec(
                  "client|setinfo", 4, List.of(), List.of("slow", "connection"), List.of()),
          "sentinel|switchover",
              new CommandSpec(
                  "sentinel|switchover",
                  -3,
                  List.of("admin"),
                  List.of("admin", "slow", "dangerous"),
                  List.of()));

  private final Map<String, Command> bodies = new HashMap<>();
  private final Permissions permissions = new Permissions();

  public CommandTable() {
    bodies.putAll(new GenericCommands().commands());
    bodies.putAll(new PubSubCommands().commands());
    put("client", new ClientCommands().subcommands());
    put("acl", new AclCommands().subcommands());
    put("command", new CommandCommands().subcommands());
    bodies.put("command", new Command(-1, CommandCommands::all));
    put("sentinel", new SentinelCommands().subcommands());
  }

  private void put(String container, Map<String, Command> subcommands) {
    subcommands.forEach((name, command) -> bodies.put(container + "|" + name, command));
  }

  /**
   * @param arguments the command and its arguments; not empty
   */
  public Served serve(List<String> arguments, ClientState client, ServerContext server) {
    Request request = new Request(arguments, client, server);
    Optional<CommandSpec> top = find(arguments.get(0), server.names());
    if (top.isEmpty() || top.get().isSubcommand()) {
      return request.error(Command.unknown(arguments));
    }
    CommandSpec command = top.get();
    if (isContainer(command) && request.size() > 1) {
      String full = command.name() + "|" + request.lower(1);
      Optional<CommandSpec> sub =
          find(full, ServedNames.OWN).filter(s -> bodies.containsKey(s.name()));
      if (sub.isEmpty()) {
        return request.error(Command.unknownSubcommand(request.arg(0), request.arg(1)));
      }
      command = sub.get();
    }
    if (!command.accepts(request.size())) {
      return request.error(Command.wrongArity(command.name()));
    }
    return permitted(request, command);
  }

  private Served permitted(Request request, CommandSpec command) {
    Optional<String> refusal = permissions.refusal(request, judgedAs(command));
    if (refusal.isPresent()) {
      return request.error(refusal.get());
    }
    if (request.client().isRestricted() && !WHILE_SUBSCRIBED.contains(command.name())) {
      return request.error(
          "ERR Can't execute '"
              + command.name()
              + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in"
              + " this context");
    }
    return bodies.get(command.name()).body().apply(request);
  }

  /** No rule can name our own subcommand: who may do the one may do the other. */
  private static CommandSpec judgedAs(CommandSpec command) {
    return command.name().equals("sentinel|switchover")
        ? CommandCatalog.find("sentinel|failover").orElseThrow()
        : command;
  }

  /** {@code container|sub} or the command, in lower case. */
  static String fullName(List<String> arguments) {
    String name = arguments.get(0).toLowerCase(Locale.ROOT);
    boolean container = arguments.size() > 1 && !CommandCatalog.subcommands(name).isEmpty();
    return container ? name + "|" + arguments.get(1).toLowerCase(Locale.ROOT) : name;
  }

  private static Optional<CommandSpec> find(String name, ServedNames names) {
    return names
        .find(name)
        .or(() -> Optional.ofNullable(EXTRAS.get(name.toLowerCase(Locale.ROOT))));
  }

  /** What CLIENT LIST shows as cmd: of unknown commands no word, it might forge whole lines. */
  public static String shownName(List<String> arguments, ServedNames names) {
    return find(arguments.get(0), names)
        .flatMap(first -> find(names.fullName(arguments), ServedNames.OWN))
        .map(CommandSpec::name)
        .orElse("NULL");
  }

  private static boolean isContainer(CommandSpec command) {
    return !CommandCatalog.subcommands(command.name()).isEmpty();
  }
}
