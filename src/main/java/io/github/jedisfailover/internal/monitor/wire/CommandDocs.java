package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.acl.CommandCatalog;
import io.github.jedisfailover.internal.monitor.acl.CommandSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What COMMAND DOCS tells, without arguments and history. */
final class CommandDocs {
  /** Name; since; group; complexity; summary. */
  private static final String TABLE =
      """
      acl; 6.0.0; server; Depends on subcommand.; A container for Access List Control commands
      acl|cat; 6.0.0; server; O(1) since the categories and commands are a fixed set.; List the ACL categories or the commands inside a category
      acl|deluser; 6.0.0; server; O(1) amortized time considering the typical user.; Remove the specified ACL users and the associated rules
      acl|dryrun; 7.0.0; server; O(1).; Returns whether the user can execute the given command without executing the command.
      acl|genpass; 6.0.0; server; O(1); Generate a pseudorandom secure password to use for ACL users
      acl|getuser; 6.0.0; server; O(N). Where N is the number of password, command and pattern rules that the user has.; Get the rules for a specific ACL user
      acl|help; 6.0.0; server; O(1); Show helpful text about the different subcommands
      acl|list; 6.0.0; server; O(N). Where N is the number of configured users.; List the current ACL rules in ACL config file format
      acl|load; 6.0.0; server; O(N). Where N is the number of configured users.; Reload the ACLs from the configured ACL file
      acl|log; 6.0.0; server; O(N) with N being the number of entries shown.; List latest events denied because of ACLs in place
      acl|save; 6.0.0; server; O(N). Where N is the number of configured users.; Save the current ACL rules in the configured ACL file
      acl|setuser; 6.0.0; server; O(N). Where N is the number of rules provided.; Modify or create the rules for a specific ACL user
      acl|users; 6.0.0; server; O(N). Where N is the number of configured users.; List the username of all the configured ACL rules
      acl|whoami; 6.0.0; server; O(1); Return the name of the user associated to the current connection
      auth; 1.0.0; connection; O(N) where N is the number of passwords defined for the user; Authenticate to the server
      client; 2.4.0; connection; Depends on subcommand.; A container for client connection commands
      client|caching; 6.0.0; connection; O(1); Instruct the server about tracking or not keys in the next request
      client|getname; 2.6.9; connection; O(1); Get the current connection name
      client|getredir; 6.0.0; connection; O(1); Get tracking notifications redirection client ID if any
      client|help; 5.0.0; connection; O(1); Show helpful text about the different subcommands
      client|id; 5.0.0; connection; O(1); Returns the client ID for the current connection
      client|info; 6.2.0; connection; O(1); Returns information about the current client connection.
      client|kill; 2.4.0; connection; O(N) where N is the number of client connections; Kill the connection of a client
      client|list; 2.4.0; connection; O(N) where N is the number of client connections; Get the list of client connections
      client|no-evict; 7.0.0; connection; O(1); Set client eviction mode for the current connection
      client|pause; 2.9.50; connection; O(1); Stop processing commands from clients for some time
      client|reply; 3.2.0; connection; O(1); Instruct the server whether to reply to commands
      client|setname; 2.6.9; connection; O(1); Set the current connection name
      client|tracking; 6.0.0; connection; O(1). Some options may introduce additional complexity.; Enable or disable server assisted client side caching support
      client|trackinginfo; 6.2.0; connection; O(1); Return information about server assisted client side caching for the current connection
      client|unblock; 5.0.0; connection; O(log N) where N is the number of client connections; Unblock a client blocked in a blocking command from a different connection
      client|unpause; 6.2.0; connection; O(N) Where N is the number of paused clients; Resume processing of clients that were paused
      command; 2.8.13; server; O(N) where N is the total number of Redis commands; Get array of Redis command details
      command|count; 2.8.13; server; O(1); Get total number of Redis commands
      command|docs; 7.0.0; server; O(N) where N is the number of commands to look up; Get array of specific Redis command documentation
      command|getkeys; 2.8.13; server; O(N) where N is the number of arguments to the command; Extract keys given a full Redis command
      command|getkeysandflags; 7.0.0; server; O(N) where N is the number of arguments to the command; Extract keys and access flags given a full Redis command
      command|help; 5.0.0; server; O(1); Show helpful text about the different subcommands
      command|info; 2.8.13; server; O(N) where N is the number of commands to look up; Get array of specific Redis command details, or all when no argument is given.
      command|list; 7.0.0; server; O(N) where N is the total number of Redis commands; Get an array of Redis command names
      hello; 6.0.0; connection; O(1); Handshake with Redis
      info; 1.0.0; server; O(1); Get information and statistics about the server
      ping; 1.0.0; connection; O(1); Ping the server
      psubscribe; 2.0.0; pubsub; O(N) where N is the number of patterns the client is already subscribed to.; Listen for messages published to channels matching the given patterns
      publish; 2.0.0; pubsub; O(N+M) where N is the number of clients subscribed to the receiving channel and M is the total number of subscribed patterns (by any client).; Post a message to a channel
      punsubscribe; 2.0.0; pubsub; O(N+M) where N is the number of patterns the client is already subscribed and M is the number of total patterns subscribed in the system (by any client).; Stop listening for messages posted to channels matching the given patterns
      role; 2.8.12; server; O(1); Return the role of the instance in the context of replication
      sentinel; 2.8.4; sentinel; Depends on subcommand.; A container for Sentinel commands
      sentinel|ckquorum; 2.8.4; sentinel; ; Check for a Sentinel quorum
      sentinel|config; 6.2.0; sentinel; O(1); Configure Sentinel
      sentinel|debug; 7.0.0; sentinel; O(N) where N is the number of configurable parameters; List or update the current configurable parameters
      sentinel|failover; 2.8.4; sentinel; ; Force a failover
      sentinel|flushconfig; 2.8.4; sentinel; O(1); Rewrite configuration file
      sentinel|get-master-addr-by-name; 2.8.4; sentinel; O(1); Get port and address of a master
      sentinel|help; 6.2.0; sentinel; O(1); Show helpful text about the different subcommands
      sentinel|info-cache; 3.2.0; sentinel; O(N) where N is the number of instances; Get cached INFO from the instances in the deployment
      sentinel|is-master-down-by-addr; 2.8.4; sentinel; O(1); Check if a master is down
      sentinel|master; 2.8.4; sentinel; O(1); Shows the state of a master
      sentinel|masters; 2.8.4; sentinel; O(N) where N is the number of masters; List the monitored masters
      sentinel|monitor; 2.8.4; sentinel; O(1); Start monitoring
      sentinel|myid; 6.2.0; sentinel; O(1); Get the Sentinel instance ID
      sentinel|pending-scripts; 2.8.4; sentinel; ; Get information about pending scripts
      sentinel|remove; 2.8.4; sentinel; O(1); Stop monitoring
      sentinel|replicas; 5.0.0; sentinel; O(N) where N is the number of replicas; List the monitored replicas
      sentinel|reset; 2.8.4; sentinel; O(N) where N is the number of monitored masters; Reset masters by name pattern
      sentinel|sentinels; 2.8.4; sentinel; O(N) where N is the number of Sentinels; List the Sentinel instances
      sentinel|set; 2.8.4; sentinel; O(1); Change the configuration of a monitored master
      sentinel|simulate-failure; 3.2.0; sentinel; ; Simulate failover scenarios
      sentinel|slaves; 2.8.0; sentinel; O(N) where N is the number of slaves; List the monitored slaves
      shutdown; 1.0.0; server; O(N) when saving, where N is the total number of keys in all databases when saving data, otherwise O(1); Synchronously save the dataset to disk and then shut down the server
      subscribe; 2.0.0; pubsub; O(N) where N is the number of channels to subscribe to.; Listen for messages published to the given channels
      unsubscribe; 2.0.0; pubsub; O(N) where N is the number of clients already subscribed to a channel.; Stop listening for messages posted to the given channels
      """;

  private static final Map<String, String[]> BY_NAME =
      TABLE
          .lines()
          .map(l -> l.split(";", 5))
          .collect(Collectors.toUnmodifiableMap(f -> f[0].strip(), f -> f));

  private CommandDocs() {}

  static Reply.Pair of(CommandSpec command) {
    String[] field = BY_NAME.get(command.name());
    List<Reply.Pair> docs = new ArrayList<>();
    add(docs, "summary", field[4]);
    add(docs, "since", field[1]);
    add(docs, "group", field[2]);
    add(docs, "complexity", field[3]);
    List<CommandSpec> subcommands = CommandCatalog.subcommands(command.name());
    if (!subcommands.isEmpty()) {
      List<Reply.Pair> each = subcommands.stream().map(CommandDocs::of).toList();
      docs.add(new Reply.Pair("subcommands", new Reply.Pairs(each)));
    }
    return new Reply.Pair(command.name(), new Reply.Pairs(docs));
  }

  private static void add(List<Reply.Pair> docs, String key, String value) {
    if (!value.isBlank()) {
      docs.add(new Reply.Pair(key, new Reply.Bulk(value.strip())));
    }
  }
}
