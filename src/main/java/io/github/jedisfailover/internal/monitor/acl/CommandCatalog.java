package io.github.jedisfailover.internal.monitor.acl;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The commands of a Sentinel 7.0.15, as it lists them itself. */
public final class CommandCatalog {
  /** In Redis' order, which decides how rules are written. */
  public static final List<String> CATEGORIES =
      List.of(
          "keyspace",
          "read",
          "write",
          "set",
          "sortedset",
          "list",
          "hash",
          "string",
          "bitmap",
          "hyperloglog",
          "geo",
          "stream",
          "pubsub",
          "admin",
          "fast",
          "slow",
          "blocking",
          "dangerous",
          "connection",
          "transaction",
          "scripting");

  /** Name; arity; flags; categories; tips. */
  private static final String TABLE =
      """
      acl; -2; ; slow;
      acl|cat; -2; noscript loading stale; slow;
      acl|deluser; -3; admin noscript loading stale; admin slow dangerous;
      acl|dryrun; -4; admin noscript loading stale; admin slow dangerous;
      acl|genpass; -2; noscript loading stale; slow;
      acl|getuser; 3; admin noscript loading stale; admin slow dangerous;
      acl|help; 2; loading stale; slow;
      acl|list; 2; admin noscript loading stale; admin slow dangerous;
      acl|load; 2; admin noscript loading stale; admin slow dangerous;
      acl|log; -2; admin noscript loading stale; admin slow dangerous;
      acl|save; 2; admin noscript loading stale; admin slow dangerous;
      acl|setuser; -3; admin noscript loading stale; admin slow dangerous;
      acl|users; 2; admin noscript loading stale; admin slow dangerous;
      acl|whoami; 2; noscript loading stale; slow;
      auth; -2; noscript loading stale fast no_auth allow_busy; fast connection;
      client; -2; ; slow;
      client|caching; 3; noscript loading stale; slow connection;
      client|getname; 2; noscript loading stale; slow connection;
      client|getredir; 2; noscript loading stale; slow connection;
      client|help; 2; loading stale; slow connection;
      client|id; 2; noscript loading stale; slow connection;
      client|info; 2; noscript loading stale; slow connection; nondeterministic_output
      client|kill; -3; admin noscript loading stale; admin slow dangerous connection;
      client|list; -2; admin noscript loading stale; admin slow dangerous connection; nondeterministic_output
      client|no-evict; 3; admin noscript loading stale; admin slow dangerous connection;
      client|pause; -3; admin noscript loading stale; admin slow dangerous connection;
      client|reply; 3; noscript loading stale; slow connection;
      client|setname; 3; noscript loading stale; slow connection;
      client|tracking; -3; noscript loading stale; slow connection;
      client|trackinginfo; 2; noscript loading stale; slow connection;
      client|unblock; -3; admin noscript loading stale; admin slow dangerous connection;
      client|unpause; 2; admin noscript loading stale; admin slow dangerous connection;
      command; -1; loading stale; slow connection; nondeterministic_output_order
      command|count; 2; loading stale; slow connection;
      command|docs; -2; loading stale; slow connection; nondeterministic_output_order
      command|getkeys; -4; loading stale; slow connection;
      command|getkeysandflags; -4; loading stale; slow connection;
      command|help; 2; loading stale; slow connection;
      command|info; -2; loading stale; slow connection; nondeterministic_output_order
      command|list; -2; loading stale; slow connection; nondeterministic_output_order
      hello; -1; noscript loading stale fast no_auth allow_busy; fast connection;
      info; -1; loading stale; slow dangerous; nondeterministic_output request_policy:all_shards response_policy:special
      ping; -1; fast; fast connection; request_policy:all_shards response_policy:all_succeeded
      psubscribe; -2; pubsub noscript loading stale; pubsub slow;
      publish; 3; pubsub loading stale fast; pubsub fast;
      punsubscribe; -1; pubsub noscript loading stale; pubsub slow;
      role; 1; noscript loading stale fast; admin fast dangerous;
      sentinel; -2; admin; admin slow dangerous;
      sentinel|ckquorum; 3; admin; admin slow dangerous;
      sentinel|config; -3; admin; admin slow dangerous;
      sentinel|debug; -2; admin; admin slow dangerous;
      sentinel|failover; 3; admin; admin slow dangerous;
      sentinel|flushconfig; 2; admin; admin slow dangerous;
      sentinel|get-master-addr-by-name; 3; admin; admin slow dangerous;
      sentinel|help; 2; loading stale; slow;
      sentinel|info-cache; -3; admin; admin slow dangerous;
      sentinel|is-master-down-by-addr; 6; admin; admin slow dangerous;
      sentinel|master; 3; admin; admin slow dangerous;
      sentinel|masters; 2; admin; admin slow dangerous;
      sentinel|monitor; 6; admin; admin slow dangerous;
      sentinel|myid; 2; admin; admin slow dangerous;
      sentinel|pending-scripts; 2; admin; admin slow dangerous;
      sentinel|remove; 3; admin; admin slow dangerous;
      sentinel|replicas; 3; admin; admin slow dangerous;
      sentinel|reset; 3; admin; admin slow dangerous;
      sentinel|sentinels; 3; admin; admin slow dangerous;
      sentinel|set; -5; admin; admin slow dangerous;
      sentinel|simulate-failure; -3; admin; admin slow dangerous;
      sentinel|slaves; 3; admin; admin slow dangerous;
      shutdown; -1; admin noscript loading stale no_multi allow_busy; admin slow dangerous;
      subscribe; -2; pubsub noscript loading stale; pubsub slow;
      unsubscribe; -1; pubsub noscript loading stale; pubsub slow;
      """;

  private static final List<CommandSpec> ALL =
      TABLE.lines().map(l -> spec(l.split(";", -1))).toList();
  private static final Map<String, CommandSpec> BY_NAME =
      ALL.stream().collect(Collectors.toUnmodifiableMap(CommandSpec::name, s -> s));
  private static final Map<String, List<CommandSpec>> BY_CONTAINER =
      ALL.stream()
          .filter(s -> !s.isSubcommand())
          .collect(
              Collectors.toUnmodifiableMap(
                  CommandSpec::name,
                  c -> ALL.stream().filter(s -> s.belongsTo(c.name())).toList()));

  private CommandCatalog() {}

  private static CommandSpec spec(String[] field) {
    return new CommandSpec(
        field[0].strip(),
        Integer.parseInt(field[1].strip()),
        words(field[2]),
        words(field[3]),
        field.length > 4 ? words(field[4]) : List.of());
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.strip().split(" ")).filter(w -> !w.isEmpty()).toList();
  }

  /** By full name, in any case. */
  public static Optional<CommandSpec> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
  }

  /** All commands and subcommands, by name. */
  public static List<CommandSpec> all() {
    return ALL;
  }

  /** All that are no subcommands, by name. */
  public static List<CommandSpec> top() {
    return ALL.stream().filter(s -> !s.isSubcommand()).toList();
  }

  public static List<CommandSpec> subcommands(String container) {
    return BY_CONTAINER.getOrDefault(container, List.of());
  }

  /** Those of one category, subcommands too. */
  public static List<CommandSpec> in(String category) {
    return ALL.stream().filter(s -> s.categories().contains(category)).toList();
  }
}
