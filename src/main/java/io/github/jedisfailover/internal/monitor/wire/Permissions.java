package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.acl.AclLog;
import io.github.jedisfailover.internal.monitor.acl.AclLog.Reason;
import io.github.jedisfailover.internal.monitor.acl.AclUser;
import io.github.jedisfailover.internal.monitor.acl.CommandSpec;
import java.util.List;
import java.util.Optional;

/** Whether the user of a connection may run a command; refusals go to the ACL log. */
final class Permissions {
  /** What is not allowed: the command, or one of its channels. */
  record Denial(Reason reason, String object) {}

  /** The error, if the request is refused. */
  Optional<String> refusal(Request request, CommandSpec command) {
    boolean mustLogIn =
        !request.client().loggedIn() && request.server().access().users().loginNeeded();
    if (mustLogIn && !command.needsNoLogin()) {
      return Optional.of("NOAUTH Authentication required.");
    }
    Optional<AclUser> user = request.server().access().users().find(request.client().user());
    if (user.isEmpty()) {
      return Optional.of("NOPERM this user was removed");
    }
    Optional<Denial> denial = denial(user.get(), command, request.arguments());
    denial.ifPresent(d -> note(request, d, request.client().user()));
    return denial.map(
        d ->
            d.reason() == Reason.COMMAND
                ? "NOPERM this user has no permissions to run the '" + d.object() + "' command"
                : "NOPERM this user has no permissions to access one of the channels used as"
                    + " arguments");
  }

  static Optional<Denial> denial(AclUser user, CommandSpec command, List<String> arguments) {
    if (!user.commands().allow(command)) {
      return Optional.of(new Denial(Reason.COMMAND, command.name()));
    }
    boolean pattern = command.name().equals("psubscribe");
    return channels(command, arguments).stream()
        .filter(c -> pattern ? !user.channels().allowPattern(c) : !user.channels().allow(c))
        .findFirst()
        .map(c -> new Denial(Reason.CHANNEL, c));
  }

  private static List<String> channels(CommandSpec command, List<String> arguments) {
    return switch (command.name()) {
      case "subscribe", "psubscribe" -> arguments.subList(1, arguments.size());
      case "publish" -> arguments.subList(1, 2);
      default -> List.of();
    };
  }

  /**
   * @param user who was refused, known or not
   */
  static void note(Request request, Denial denial, String user) {
    AclLog.Entry entry =
        new AclLog.Entry(
            1,
            denial.reason(),
            denial.object(),
            user,
            ClientCommands.describe(request),
            request.server().access().nowMillis());
    request.server().access().changeLog(log -> log.with(entry));
  }
}
