package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.core.CoreView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** PING, HELLO, AUTH, CLIENT, ROLE, INFO, QUIT. */
final class GenericCommands {
  /** Version whose wire format is served; clients derive their abilities from it. */
  static final String REDIS_VERSION = "7.0.15";

  private static final String WRONG_PASSWORD =
      "WRONGPASS invalid username-password pair or user is disabled.";

  Map<String, Command> commands() {
    Map<String, Command> client = new HashMap<>();
    client.put("id", new Command(2, r -> r.answer(new Reply.Int(r.client().id()))));
    client.put("getname", new Command(2, GenericCommands::getName));
    client.put("setname", new Command(3, r -> setName(r, r.arg(2), Reply.OK)));
    client.put("setinfo", new Command(4, r -> r.answer(Reply.OK)));

    Map<String, Command> all = new HashMap<>();
    all.put("client", new Command(-1, r -> Command.container("client", client, r)));
    all.put("ping", new Command(-1, GenericCommands::ping));
    all.put("hello", new Command(-1, GenericCommands::hello));
    all.put("auth", new Command(-2, GenericCommands::auth));
    all.put("role", new Command(1, GenericCommands::role));
    all.put("info", new Command(-1, r -> r.answer(new Reply.Bulk(InfoText.of(r)))));
    all.put("quit", new Command(-1, r -> new Served.Answer(Reply.OK, r.client(), true)));
    return all;
  }

  private static Served ping(Request request) {
    if (request.size() > 2) {
      return request.error(Command.wrongArity("ping"));
    }
    String message = request.size() == 2 ? request.arg(1) : "";
    if (!request.client().resp3() && !request.client().subscriptions().isEmpty()) {
      return request.answer(Reply.bulks("pong", message));
    }
    return request.answer(request.size() == 2 ? new Reply.Bulk(message) : new Reply.Simple("PONG"));
  }

  private static Served hello(Request request) {
    ClientState client = request.client();
    int at = 1;
    if (request.size() > 1) {
      if (!request.arg(1).matches("-?[0-9]{1,9}")) {
        return request.error("ERR Protocol version is not an integer or out of range");
      }
      if (!request.arg(1).equals("2") && !request.arg(1).equals("3")) {
        return request.error("NOPROTO unsupported protocol version");
      }
      client = client.speaking(request.arg(1).equals("3"));
      at = 2;
    }
    while (at < request.size()) {
      String option = request.lower(at);
      if (option.equals("auth") && at + 2 < request.size()) {
        if (!request.arg(at + 1).equals("default")) {
          return request.error(WRONG_PASSWORD);
        }
        at += 3;
      } else if (option.equals("setname") && at + 1 < request.size()) {
        if (!isName(request.arg(at + 1))) {
          return badName(request);
        }
        client = client.named(request.arg(at + 1));
        at += 2;
      } else {
        return request.error("ERR Syntax error in HELLO option '" + request.arg(at) + "'");
      }
    }
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

  /** No password can be set yet: what Sentinel says without {@code requirepass}. */
  private static Served auth(Request request) {
    if (request.size() > 3) {
      return request.error("ERR syntax error");
    }
    if (request.size() == 2) {
      return request.error(
          "ERR AUTH <password> called without any password configured for the default user. Are"
              + " you sure your configuration is correct?");
    }
    return request.arg(1).equals("default")
        ? request.answer(Reply.OK)
        : request.error(WRONG_PASSWORD);
  }

  private static Served getName(Request request) {
    String name = request.client().name();
    return request.answer(name.isEmpty() ? new Reply.NullBulk() : new Reply.Bulk(name));
  }

  private static Served setName(Request request, String name, Reply reply) {
    return isName(name) ? request.answer(reply, request.client().named(name)) : badName(request);
  }

  private static boolean isName(String name) {
    return name.chars().allMatch(c -> c >= '!' && c <= '~');
  }

  private static Served badName(Request request) {
    return request.error("ERR Client names cannot contain spaces, newlines or special characters.");
  }

  private static Served role(Request request) {
    String[] names =
        request.server().view().masters().stream()
            .map(CoreView.Master::name)
            .toArray(String[]::new);
    return request.answer(new Reply.Array(List.of(new Reply.Bulk("sentinel"), Reply.bulks(names))));
  }
}
