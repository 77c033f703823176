package io.github.jedisfailover.internal.monitor.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What HELP answers, in Redis' words. */
final class HelpTexts {
  static final String ACL =
      """
      CAT [<category>]
          List all commands that belong to <category>, or all command categories
          when no category is specified.
      DELUSER <username> [<username> ...]
          Delete a list of users.
      DRYRUN <username> <command> [<arg> ...]
          Returns whether the user can execute the given command without executing the command.
      GETUSER <username>
          Get the user's details.
      GENPASS [<bits>]
          Generate a secure 256-bit user password. The optional `bits` argument can
          be used to specify a different size.
      LIST
          Show users details in config file format.
      LOAD
          Reload users from the ACL file.
      LOG [<count> | RESET]
          Show the ACL log entries.
      SAVE
          Save the current config to the ACL file.
      SETUSER <username> <attribute> [<attribute> ...]
          Create or modify a user with the specified attributes.
      USERS
          List all the registered usernames.
      WHOAMI
          Return the current connection username.
      """;

  static final String CLIENT =
      """
      CACHING (YES|NO)
          Enable/disable tracking of the keys for next command in OPTIN/OPTOUT modes.
      GETREDIR
          Return the client ID we are redirecting to when tracking is enabled.
      GETNAME
          Return the name of the current connection.
      ID
          Return the ID of the current connection.
      INFO
          Return information about the current client connection.
      KILL <ip:port>
          Kill connection made from <ip:port>.
      KILL <option> <value> [<option> <value> [...]]
          Kill connections. Options are:
          * ADDR (<ip:port>|<unixsocket>:0)
            Kill connections made from the specified address
          * LADDR (<ip:port>|<unixsocket>:0)
            Kill connections made to specified local address
          * TYPE (NORMAL|MASTER|REPLICA|PUBSUB)
            Kill connections by type.
          * USER <username>
            Kill connections authenticated by <username>.
          * SKIPME (YES|NO)
            Skip killing current connection (default: yes).
      LIST [options ...]
          Return information about client connections. Options:
          * TYPE (NORMAL|MASTER|REPLICA|PUBSUB)
            Return clients of specified type.
      UNPAUSE
          Stop the current client pause, resuming traffic.
      PAUSE <timeout> [WRITE|ALL]
          Suspend all, or just write, clients for <timeout> milliseconds.
      REPLY (ON|OFF|SKIP)
          Control the replies sent to the current connection.
      SETNAME <name>
          Assign the name <name> to the current connection.
      UNBLOCK <clientid> [TIMEOUT|ERROR]
          Unblock the specified blocked client.
      TRACKING (ON|OFF) [REDIRECT <id>] [BCAST] [PREFIX <prefix> [...]]
               [OPTIN] [OPTOUT] [NOLOOP]
          Control server assisted client side caching.
      TRACKINGINFO
          Report tracking status for the current connection.
      NO-EVICT (ON|OFF)
          Protect current client connection from eviction.
      """;

  static final String COMMAND =
      """
      (no subcommand)
          Return details about all Redis commands.
      COUNT
          Return the total number of commands in this Redis server.
      LIST
          Return a list of all commands in this Redis server.
      INFO [<command-name> ...]
          Return details about multiple Redis commands.
          If no command names are given, documentation details for all
          commands are returned.
      DOCS [<command-name> ...]
          Return documentation details about multiple Redis commands.
          If no command names are given, documentation details for all
          commands are returned.
      GETKEYS <full-command>
          Return the keys from a full Redis command.
      GETKEYSANDFLAGS <full-command>
          Return the keys and the access flags from a full Redis command.
      """;

  private HelpTexts() {}

  static Reply of(String container, String text) {
    List<String> lines = new ArrayList<>();
    lines.add(
        container.toUpperCase(Locale.ROOT)
            + " <subcommand> [<arg> [value] [opt] ...]. Subcommands are:");
    text.lines().forEach(lines::add);
    lines.add("HELP");
    lines.add("    Prints this help.");
    return Reply.simples(lines);
  }
}
