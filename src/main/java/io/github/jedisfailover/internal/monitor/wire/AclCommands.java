package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.acl.AclLog.Reason;
import io.github.jedisfailover.internal.monitor.acl.AclRuleException;
import io.github.jedisfailover.internal.monitor.acl.AclUser;
import io.github.jedisfailover.internal.monitor.acl.CommandCatalog;
import io.github.jedisfailover.internal.monitor.acl.CommandSpec;
import io.github.jedisfailover.internal.monitor.acl.Users;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The subcommands of ACL, as {@code aclCommand} in Redis' acl.c. */
final class AclCommands {
  private static final int MOST_BITS = 4096;
  private static final int USUAL_BITS = 256;
  private static final String NO_FILE =
      "ERR This Redis instance is not configured to use an ACL file. You may want to specify users"
          + " via the ACL SETUSER command and then issue a CONFIG REWRITE (assuming you have a Redis"
          + " configuration file set) in order to store users in the Redis configuration.";

  Map<String, Command> subcommands() {
    Map<String, Command> all = new HashMap<>();
    all.put("whoami", new Command(2, r -> r.answer(new Reply.Bulk(r.client().user()))));
    all.put("list", new Command(2, r -> r.answer(bulks(users(r).describe()))));
    all.put("users", new Command(2, AclCommands::names));
    all.put("getuser", new Command(3, AclCommands::getUser));
    all.put("setuser", new Command(-3, AclCommands::setUser));
    all.put("deluser", new Command(-3, AclCommands::delUser));
    all.put("cat", new Command(-2, AclCommands::categories));
    all.put("genpass", new Command(-2, AclCommands::password));
    all.put("dryrun", new Command(-4, AclCommands::dryRun));
    all.put("load", new Command(2, AclCommands::load));
    all.put("save", new Command(2, AclCommands::save));
    all.put("log", new Command(-2, AclLogReply::serve));
    all.put("help", new Command(2, r -> r.answer(HelpTexts.of(r.arg(0), HelpTexts.ACL))));
    return all;
  }

  private static Users users(Request request) {
    return request.server().access().users();
  }

  private static Reply bulks(List<String> values) {
    return Reply.bulks(values.toArray(String[]::new));
  }

  private static Served names(Request request) {
    return request.answer(bulks(users(request).all().stream().map(AclUser::name).toList()));
  }

  private static Served getUser(Request request) {
    return request.answer(
        users(request).find(request.arg(2)).map(AclCommands::user).orElseGet(Reply.NullBulk::new));
  }

  private static Reply user(AclUser user) {
    List<Reply> flags = user.flags().stream().map(f -> (Reply) new Reply.Bulk(f)).toList();
    return new Reply.Pairs(
        List.of(
            new Reply.Pair("flags", new Reply.Unordered(flags)),
            new Reply.Pair("passwords", bulks(user.passwords())),
            new Reply.Pair("commands", new Reply.Bulk(user.commands().describe())),
            new Reply.Pair("keys", new Reply.Bulk(user.describeKeys())),
            new Reply.Pair("channels", new Reply.Bulk(user.describeChannels())),
            new Reply.Pair("selectors", new Reply.Array(List.of()))));
  }

  private static Served setUser(Request request) {
    String name = request.arg(2);
    if (!Users.isName(name)) {
      return request.error("ERR Usernames can't contain spaces or null characters");
    }
    try {
      request.server().access().change(users -> users.with(changed(users, request)));
    } catch (AclRuleException e) {
      return request.error("ERR " + e.getMessage());
    }
    AclUser now = users(request).find(name).orElseGet(() -> AclUser.fresh(name));
    return ending(request, Reply.OK, c -> c.state().user().equals(name) && hearsTooMuch(now, c));
  }

  private static AclUser changed(Users users, Request request) {
    AclUser user = users.find(request.arg(2)).orElseGet(() -> AclUser.fresh(request.arg(2)));
    for (String rule : request.from(3)) {
      user = user.withNamed(rule);
    }
    return user;
  }

  /** A subscriber must not go on hearing what its user may not hear any more. */
  private static boolean hearsTooMuch(AclUser user, ClientFacts client) {
    Subscriptions heard = client.state().subscriptions();
    return !heard.channels().stream().allMatch(user.channels()::allow)
        || !heard.patterns().stream().allMatch(user.channels()::allowPattern);
  }

  private static Served delUser(Request request) {
    List<String> names = request.from(2);
    if (names.contains(Users.DEFAULT)) {
      return request.error("ERR The 'default' user cannot be removed");
    }
    Set<String> gone =
        names.stream().filter(n -> users(request).find(n).isPresent()).collect(Collectors.toSet());
    request.server().access().change(users -> users.without(gone));
    return ending(request, new Reply.Int(gone.size()), c -> gone.contains(c.state().user()));
  }

  /** Answers and ends these connections; the asking one after the reply. */
  private static Served ending(Request request, Reply reply, Predicate<ClientFacts> which) {
    Set<Long> ids =
        ClientCommands.all(request).stream()
            .filter(which)
            .map(c -> c.state().id())
            .collect(Collectors.toCollection(HashSet::new));
    boolean self = ids.remove(request.client().id());
    request.server().clients().close(ids);
    return new Served.Answer(reply, request.client(), self);
  }

  private static Served categories(Request request) {
    if (request.size() == 2) {
      return request.answer(bulks(CommandCatalog.CATEGORIES));
    }
    if (request.size() > 3) {
      return request.error(ClientCommands.subcommandSyntax(request));
    }
    if (!CommandCatalog.CATEGORIES.contains(request.lower(2))) {
      return request.error("ERR Unknown category '" + request.arg(2) + "'");
    }
    return request.answer(
        bulks(CommandCatalog.in(request.lower(2)).stream().map(CommandSpec::name).toList()));
  }

  private static Served password(Request request) {
    if (request.size() > 3) {
      return request.error(ClientCommands.subcommandSyntax(request));
    }
    OptionalLong bits =
        request.size() == 3 ? Numbers.parse(request.arg(2)) : OptionalLong.of(USUAL_BITS);
    if (bits.isEmpty()) {
      return request.error(Numbers.INVALID);
    }
    if (bits.getAsLong() < 1 || bits.getAsLong() > MOST_BITS) {
      return request.error(
          "ERR ACL GENPASS argument must be the number of bits for the output password, a positive"
              + " number up to "
              + MOST_BITS);
    }
    int digits = (int) (bits.getAsLong() + 3) / 4;
    return request.answer(new Reply.Bulk(request.server().access().randomHex(digits)));
  }

  private static Served dryRun(Request request) {
    Optional<AclUser> user = users(request).find(request.arg(2));
    if (user.isEmpty()) {
      return request.error("ERR User '" + request.arg(2) + "' not found");
    }
    List<String> arguments = request.from(3);
    ServedNames names = request.server().names();
    Optional<CommandSpec> command =
        names.find(arguments.get(0)).flatMap(c -> CommandCatalog.find(names.fullName(arguments)));
    if (command.isEmpty()) {
      return request.error("ERR Command '" + request.arg(3) + "' not found");
    }
    if (!command.get().accepts(arguments.size())) {
      return request.error(Command.wrongArity(command.get().name()));
    }
    return request.answer(
        Permissions.denial(user.get(), command.get(), arguments)
            .map(AclCommands::denied)
            .orElse(Reply.OK));
  }

  private static Reply denied(Permissions.Denial denial) {
    return new Reply.Bulk(
        denial.reason() == Reason.COMMAND
            ? "This user has no permissions to run the '" + denial.object() + "' command"
            : "This user has no permissions to access the '" + denial.object() + "' channel");
  }

  /** As in Redis all who logged in as another user than the default one have to do so again. */
  private static Served load(Request request) {
    if (!request.server().access().hasFile()) {
      return request.error(NO_FILE);
    }
    Optional<String> error = request.server().access().load();
    return error.isPresent()
        ? request.error("ERR " + error.get())
        : ending(request, Reply.OK, c -> !c.state().user().equals(Users.DEFAULT));
  }

  private static Served save(Request request) {
    if (!request.server().access().hasFile()) {
      return request.error(NO_FILE);
    }
    return request.server().access().save()
        ? request.answer(Reply.OK)
        : request.error(
            "ERR There was an error trying to save the ACLs. Please check the server logs for more"
                + " information");
  }
}
