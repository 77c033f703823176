package io.github.jedisfailover.internal.monitor.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds the command of a request and checks what Sentinel checks before it runs one. */
public final class CommandTable {
  private static final Set<String> WHILE_SUBSCRIBED =
      Set.of("subscribe", "psubscribe", "unsubscribe", "punsubscribe", "ping", "quit");

  private final Map<String, Command> commands = new HashMap<>();

  public CommandTable() {
    commands.putAll(new GenericCommands().commands());
    commands.putAll(new PubSubCommands().commands());
    Map<String, Command> sentinel = new SentinelCommands().subcommands();
    commands.put("sentinel", new Command(-1, r -> Command.container("sentinel", sentinel, r)));
    commands.put("command", new Command(-1, this::command));
  }

  /**
   * @param arguments the command and its arguments; not empty
   */
  public Served serve(List<String> arguments, ClientState client, ServerContext server) {
    Request request = new Request(arguments, client, server);
    String name = request.lower(0);
    Command command = commands.get(name);
    if (command == null) {
      return request.error(Command.unknown(arguments));
    }
    if (!command.accepts(request.size())) {
      return request.error(Command.wrongArity(name));
    }
    boolean restricted = !client.resp3() && !client.subscriptions().isEmpty();
    if (restricted && !WHILE_SUBSCRIBED.contains(name)) {
      return request.error(refusal(name, request));
    }
    return command.body().apply(request);
  }

  private static String refusal(String name, Request request) {
    String full =
        Set.of("sentinel", "client").contains(name) && request.size() > 1
            ? name + "|" + request.lower(1)
            : name;
    return "ERR Can't execute '"
        + full
        + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this"
        + " context";
  }

  private Served command(Request request) {
    String sub = request.size() > 1 ? request.lower(1) : "";
    return switch (sub) {
      case "" -> request.answer(new Reply.Array(List.of()));
      case "count" -> request.answer(new Reply.Int(commands.size()));
      case "list" ->
          request.answer(Reply.bulks(commands.keySet().stream().sorted().toArray(String[]::new)));
      case "docs" -> request.answer(new Reply.Pairs(List.of()));
      case "info" ->
          request.answer(
              new Reply.Array(
                  request.from(2).stream().map(n -> (Reply) new Reply.NullArray()).toList()));
      default ->
          request.error(
              "ERR unknown subcommand '"
                  + sub.substring(0, Math.min(sub.length(), 128)).toUpperCase(Locale.ROOT)
                  + "'. Try COMMAND HELP.");
    };
  }
}
