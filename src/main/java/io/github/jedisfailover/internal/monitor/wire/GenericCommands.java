package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.acl.AclLog.Reason;
import io.github.jedisfailover.internal.monitor.core.CoreView;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** PING, HELLO, AUTH, ROLE, INFO, SHUTDOWN, QUIT. */
final class GenericCommands {
  /** Version whose wire format is served; clients derive their abilities from it. */
  static final String REDIS_VERSION = "7.0.15";

  private static final String WRONG_PASSWORD =
      "WRONGPASS invalid username-password pair or user is disabled.";
  private static final String NO_LOGIN =
      "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH"
          + " <user> <pass> option can be used to authenticate the client and select the RESP"
          + " protocol version at the same time";
  private static final Set<String> SHUTDOWN_OPTIONS =
      Set.of("nosave", "save", "now", "force", "abort");

  Map<String, Command> commands() {
    Map<String, Command> all = new HashMap<>();
    all.put("ping", new Command(-1, GenericCommands::ping));
    all.put("hello", new Command(-1, GenericCommands::hello));
    all.put("auth", new Command(-2, GenericCommands::auth));
    all.put("role", new Command(1, GenericCommands::role));
    all.put("info", new Command(-1, r -> r.answer(new Reply.Bulk(InfoText.of(r)))));
    all.put("shutdown", new Command(-1, GenericCommands::shutdown));
    all.put("quit", new Command(-1, r -> new Served.Answer(Reply.OK, r.client(), true)));
    return all;
  }

  private static Served ping(Request request) {
    if (request.size() > 2) {
      return request.error(Command.wrongArity("ping"));
    }
    String message = request.size() == 2 ? request.arg(1) : "";
    if (request.client().isRestricted()) {
      return request.answer(Reply.bulks("pong", message));
    }
    return request.answer(request.size() == 2 ? new Reply.Bulk(message) : new Reply.Simple("PONG"));
  }

  private static Served hello(Request request) {
    if (request.size() > 1) {
      OptionalLong version = Numbers.parse(request.arg(1));
      if (version.isEmpty()) {
        return request.error("ERR Protocol version is not an integer or out of range");
      }
      if (version.getAsLong() != 2 && version.getAsLong() != 3) {
        return request.error("NOPROTO unsupported protocol version");
      }
    }
    return options(request);
  }

  /** Each option takes effect at once, also if a later one is wrong. */
  private static Served options(Request request) {
    ClientState client = request.client();
    int at = 2;
    while (at < request.size()) {
      String option = request.lower(at);
      if (option.equals("auth") && at + 2 < request.size()) {
        if (!accepted(request, request.arg(at + 1), request.arg(at + 2))) {
          return request.answer(new Reply.Error(WRONG_PASSWORD), client);
        }
        client = client.loggedInAs(request.arg(at + 1));
        at += 3;
      } else if (option.equals("setname") && at + 1 < request.size()) {
        if (!ClientCommands.isName(request.arg(at + 1))) {
          return request.answer(new Reply.Error(ClientCommands.BAD_NAME), client);
        }
        client = client.named(request.arg(at + 1));
        at += 2;
      } else {
        String text = "ERR Syntax error in HELLO option '" + request.arg(at) + "'";
        return request.answer(new Reply.Error(text), client);
      }
    }
    if (!client.loggedIn()) {
      return request.answer(new Reply.Error(NO_LOGIN), client);
    }
    boolean asked = request.size() > 1;
    client = asked ? client.speaking(request.arg(1).equals("3")) : client;
    return request.answer(helloReply(client), client);
  }

  private static Reply helloReply(ClientState client) {
    return new Reply.Pairs(
        List.of(
            new Reply.Pair("server", new Reply.Bulk("redis")),
            new Reply.Pair("version", new Reply.Bulk(REDIS_VERSION)),
            new Reply.Pair("proto", new Reply.Int(client.resp3() ? 3 : 2)),
            new Reply.Pair("id", new Reply.Int(client.id())),
            new Reply.Pair("mode", new Reply.Bulk("sentinel")),
            new Reply.Pair("modules", new Reply.Array(List.of()))));
  }

  private static Served auth(Request request) {
    if (request.size() > 3) {
      return request.error("ERR syntax error");
    }
    boolean named = request.size() == 3;
    if (!named && request.server().access().users().standard().nopass()) {
      return request.error(
          "ERR AUTH <password> called without any password configured for the default user. Are"
              + " you sure your configuration is correct?");
    }
    String user = named ? request.arg(1) : "default";
    return accepted(request, user, request.arg(request.size() - 1))
        ? request.answer(Reply.OK, request.client().loggedInAs(user))
        : request.error(WRONG_PASSWORD);
  }

  private static boolean accepted(Request request, String user, String password) {
    boolean right = request.server().access().users().accept(user, password);
    if (!right) {
      Permissions.note(request, new Permissions.Denial(Reason.AUTH, request.arg(0)), user);
    }
    return right;
  }

  private static Served role(Request request) {
    String[] names =
        request.server().view().masters().stream()
            .map(CoreView.Master::name)
            .toArray(String[]::new);
    return request.answer(new Reply.Array(List.of(new Reply.Bulk("sentinel"), Reply.bulks(names))));
  }

  private static Served shutdown(Request request) {
    Set<String> options = new TreeSet<>();
    request.from(1).forEach(o -> options.add(o.toLowerCase(Locale.ROOT)));
    boolean abort = options.contains("abort");
    boolean wrong =
        !SHUTDOWN_OPTIONS.containsAll(options)
            || abort && options.size() > 1
            || options.contains("save") && options.contains("nosave");
    if (wrong) {
      return request.error("ERR syntax error");
    }
    return abort ? request.error("ERR No shutdown in progress.") : new Served.Shutdown();
  }
}
