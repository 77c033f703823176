package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.acl.CommandCatalog;
import io.github.jedisfailover.internal.monitor.acl.CommandSpec;
import io.github.jedisfailover.internal.monitor.acl.Glob;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** COMMAND and its subcommands: exactly the commands of a Sentinel, friendly extras left out. */
final class CommandCommands {
  Map<String, Command> subcommands() {
    Map<String, Command> all = new HashMap<>();
    all.put("count", new Command(2, r -> r.answer(new Reply.Int(r.server().names().top().size()))));
    all.put("list", new Command(-2, CommandCommands::list));
    all.put("info", new Command(-2, CommandCommands::info));
    all.put("docs", new Command(-2, CommandCommands::docs));
    all.put("getkeys", new Command(-4, CommandCommands::keys));
    all.put("getkeysandflags", new Command(-4, CommandCommands::keys));
    all.put("help", new Command(2, r -> r.answer(HelpTexts.of(r.arg(0), HelpTexts.COMMAND))));
    return all;
  }

  static Served all(Request request) {
    return request.answer(infos(request.server().names().top()));
  }

  private static Served list(Request request) {
    if (request.size() == 2) {
      return names(request, c -> true);
    }
    if (request.size() != 5 || !request.lower(2).equals("filterby")) {
      return request.error(ClientCommands.SYNTAX);
    }
    String value = request.lower(4);
    return switch (request.lower(3)) {
      case "module" -> names(request, c -> false);
      case "aclcat" -> names(request, c -> c.categories().contains(value));
      case "pattern" -> names(request, c -> Glob.matches(value, c.name()));
      default -> request.error(ClientCommands.SYNTAX);
    };
  }

  private static Served names(Request request, Predicate<CommandSpec> which) {
    return request.answer(
        Reply.bulks(
            request.server().names().all().stream()
                .filter(which)
                .map(CommandSpec::name)
                .toArray(String[]::new)));
  }

  private static Served info(Request request) {
    if (request.size() == 2) {
      return all(request);
    }
    List<Reply> found =
        request.from(2).stream()
            .map(
                n ->
                    request
                        .server()
                        .names()
                        .find(n)
                        .map(CommandCommands::describe)
                        .orElseGet(Reply.NullBulk::new))
            .toList();
    return request.answer(new Reply.Array(found));
  }

  private static Reply infos(List<CommandSpec> commands) {
    return new Reply.Array(commands.stream().map(CommandCommands::describe).toList());
  }

  private static Reply describe(CommandSpec command) {
    List<CommandSpec> subcommands = CommandCatalog.subcommands(command.name());
    return new Reply.Array(
        List.of(
            new Reply.Bulk(command.name()),
            new Reply.Int(command.arity()),
            simples(command.flags(), ""),
            new Reply.Int(0),
            new Reply.Int(0),
            new Reply.Int(0),
            simples(command.categories(), "@"),
            new Reply.Unordered(
                command.tips().stream().map(t -> (Reply) new Reply.Bulk(t)).toList()),
            new Reply.Unordered(List.of()),
            subcommands.isEmpty() ? new Reply.Unordered(List.of()) : infos(subcommands)));
  }

  private static Reply simples(List<String> words, String prefix) {
    return new Reply.Unordered(
        words.stream().map(w -> (Reply) new Reply.Simple(prefix + w)).toList());
  }

  private static Served docs(Request request) {
    List<CommandSpec> which =
        request.size() == 2
            ? request.server().names().top()
            : request.from(2).stream()
                .map(request.server().names()::find)
                .flatMap(Optional::stream)
                .toList();
    return request.answer(new Reply.Pairs(which.stream().map(CommandDocs::of).toList()));
  }

  /** None of the commands has keys. */
  private static Served keys(Request request) {
    Optional<CommandSpec> top = request.server().names().find(request.arg(2));
    boolean known =
        top.isPresent()
            && CommandCatalog.find(request.server().names().fullName(request.from(2))).isPresent();
    return request.error(
        known ? "ERR The command has no key arguments" : "ERR Invalid command specified");
  }
}
