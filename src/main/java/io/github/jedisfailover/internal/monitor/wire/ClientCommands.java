package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.wire.ClientState.Replies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** The subcommands of CLIENT, as {@code clientCommand} in Redis' networking.c. */
final class ClientCommands {
  static final String SYNTAX = "ERR syntax error";
  static final String BAD_NAME =
      "ERR Client names cannot contain spaces, newlines or special characters.";

  private static final Set<String> TYPES = Set.of("normal", "slave", "replica", "pubsub", "master");

  Map<String, Command> subcommands() {
    Map<String, Command> all = new HashMap<>();
    all.put("id", new Command(2, r -> r.answer(new Reply.Int(r.client().id()))));
    all.put("getname", new Command(2, ClientCommands::getName));
    all.put("setname", new Command(3, ClientCommands::setName));
    all.put("setinfo", new Command(4, r -> r.answer(Reply.OK)));
    all.put("info", new Command(2, r -> r.answer(new Reply.Text(describe(r) + "\n"))));
    all.put("list", new Command(-2, ClientCommands::list));
    all.put("kill", new Command(-3, ClientKill::serve));
    all.put("no-evict", new Command(3, ClientCommands::noEvict));
    all.put("reply", new Command(3, ClientCommands::reply));
    all.put("pause", new Command(-3, ClientCommands::pause));
    all.put("unpause", new Command(2, r -> r.answer(Reply.OK)));
    all.put("unblock", new Command(-3, ClientCommands::unblock));
    all.put("help", new Command(2, r -> r.answer(HelpTexts.of(r.arg(0), HelpTexts.CLIENT))));
    all.putAll(new ClientTracking().subcommands());
    return all;
  }

  private static Served getName(Request request) {
    String name = request.client().name();
    return request.answer(name.isEmpty() ? new Reply.NullBulk() : new Reply.Bulk(name));
  }

  private static Served setName(Request request) {
    return isName(request.arg(2))
        ? request.answer(Reply.OK, request.client().named(request.arg(2)))
        : request.error(BAD_NAME);
  }

  static boolean isName(String name) {
    return name.chars().allMatch(c -> c >= '!' && c <= '~');
  }

  /** The asking connection, with the request under way. */
  static String describe(Request request) {
    return self(request).map(ClientFacts::describe).orElse("");
  }

  private static Optional<ClientFacts> self(Request request) {
    return all(request).stream().filter(c -> c.state().id() == request.client().id()).findFirst();
  }

  /** All connections; the asking one as it is now. */
  static List<ClientFacts> all(Request request) {
    long me = request.client().id();
    String command = CommandTable.shownName(request.arguments(), request.server().names());
    return request.server().clients().all().stream()
        .map(c -> c.state().id() == me ? c.with(request.client(), command) : c)
        .toList();
  }

  /** What {@code getClientTypeByName} takes; {@code slave} is an old word for {@code replica}. */
  static boolean isType(String type) {
    return TYPES.contains(type);
  }

  static String unknownType(String type) {
    return "ERR Unknown client type '" + type + "'";
  }

  private static Served list(Request request) {
    List<ClientFacts> shown = all(request);
    if (request.size() == 4 && request.lower(2).equals("type")) {
      if (!isType(request.lower(3))) {
        return request.error(unknownType(request.arg(3)));
      }
      shown = shown.stream().filter(c -> c.type().equals(request.lower(3))).toList();
    } else if (request.size() > 3 && request.lower(2).equals("id")) {
      List<Long> ids = new ArrayList<>();
      for (String id : request.from(3)) {
        OptionalLong number = Numbers.parse(id);
        if (number.isEmpty()) {
          return request.error("ERR Invalid client ID");
        }
        ids.add(number.getAsLong());
      }
      shown = shown.stream().filter(c -> ids.contains(c.state().id())).toList();
    } else if (request.size() != 2) {
      return request.error(SYNTAX);
    }
    return request.answer(
        new Reply.Text(shown.stream().map(c -> c.describe() + "\n").collect(Collectors.joining())));
  }

  /** Nothing is ever evicted here: only checked. */
  private static Served noEvict(Request request) {
    boolean known = Set.of("on", "off").contains(request.lower(2));
    return known ? request.answer(Reply.OK) : request.error(SYNTAX);
  }

  private static Served reply(Request request) {
    return switch (request.lower(2)) {
      case "on" -> request.answer(Reply.OK, request.client().replying(Replies.ON));
      case "off" -> request.answer(Reply.OK, request.client().replying(Replies.OFF));
      case "skip" -> {
        boolean off = request.client().replies() == Replies.OFF;
        Replies mode = off ? Replies.OFF : Replies.SKIP_NEXT;
        yield request.answer(Reply.OK, request.client().replying(mode));
      }
      default -> request.error(SYNTAX);
    };
  }

  /** Checked and not done: a monitor that pauses its peers would look dead to them. */
  private static Served pause(Request request) {
    if (request.size() > 4) {
      return request.error(subcommandSyntax(request));
    }
    if (request.size() == 4 && !Set.of("write", "all").contains(request.lower(3))) {
      return request.error("ERR CLIENT PAUSE mode must be WRITE or ALL");
    }
    OptionalLong millis = Numbers.parse(request.arg(2));
    if (millis.isEmpty()) {
      return request.error("ERR timeout is not an integer or out of range");
    }
    return millis.getAsLong() < 0
        ? request.error("ERR timeout is negative")
        : request.answer(Reply.OK);
  }

  /** No command ever waits. */
  private static Served unblock(Request request) {
    if (request.size() > 4) {
      return request.error(subcommandSyntax(request));
    }
    if (request.size() == 4 && !Set.of("timeout", "error").contains(request.lower(3))) {
      return request.error("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
    }
    return Numbers.parse(request.arg(2)).isPresent()
        ? request.answer(new Reply.Int(0))
        : request.error(Numbers.INVALID);
  }

  /** {@code addReplySubcommandSyntaxError}: the arity fits, the form does not. */
  static String subcommandSyntax(Request request) {
    return "ERR unknown subcommand or wrong number of arguments for '"
        + request.arg(1)
        + "'. Try "
        + request.arg(0).toUpperCase(Locale.ROOT)
        + " HELP.";
  }
}
