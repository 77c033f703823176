package io.github.jedisfailover.internal.monitor.conf;

import io.github.jedisfailover.internal.monitor.conf.OptionKind.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of Redis 7.0, which a sentinel reads as well although few mean anything to it. */
final class OptionTable {
  /**
   * One row: kind, default and bounds, a colon, names; an older name follows a slash.
   *
   * <ul>
   *   <li>{@code flag}: yes or no
   *   <li>{@code name}: a text, and an empty one means none; {@code text}: an empty one is a value
   *   <li>{@code choice}, {@code choices}: default, then the words to choose one or several from
   *   <li>{@code int bytes percent octal}: default, lowest, highest; with {@code u} unsigned
   * </ul>
   */
  private static final String ROWS =
      """
      flag yes : rdbchecksum protected-mode rdbcompression activerehashing
      flag yes : stop-writes-on-bgsave-error set-proc-title dynamic-hz repl-diskless-sync
      flag yes : aof-rewrite-incremental-fsync cluster-require-full-coverage
      flag yes : rdb-save-incremental-fsync aof-load-truncated aof-use-rdb-preamble
      flag yes : replica-serve-stale-data/slave-serve-stale-data replica-read-only/slave-read-only
      flag yes : replica-ignore-maxmemory/slave-ignore-maxmemory jemalloc-bg-thread
      flag yes : cluster-allow-pubsubshard-when-down crash-log-enabled crash-memcheck-enabled
      flag yes : disable-thp cluster-allow-replica-migration replica-announced latency-tracking
      flag yes : tls-session-caching
      flag no : daemonize io-threads-do-reads always-show-logo rdb-del-sync-files
      flag no : lazyfree-lazy-eviction lazyfree-lazy-expire lazyfree-lazy-server-del
      flag no : lazyfree-lazy-user-del lazyfree-lazy-user-flush repl-disable-tcp-nodelay
      flag no : no-appendfsync-on-rewrite aof-timestamp-enabled
      flag no : cluster-replica-no-failover/cluster-slave-no-failover
      flag no : replica-lazy-flush/slave-lazy-flush activedefrag syslog-enabled cluster-enabled
      flag no : appendonly cluster-allow-reads-when-down use-exit-on-panic aof-disable-auto-gc
      flag no : replica-ignore-disk-write-errors tls-cluster tls-replication
      flag no : tls-prefer-server-ciphers
      name : unixsocket pidfile replica-announce-ip/slave-announce-ip masteruser cluster-announce-ip
      name : cluster-announce-hostname server_cpulist bio_cpulist aof_rewrite_cpulist bgsave_cpulist
      name : bind-source-addr masterauth requirepass tls-cert-file tls-key-file tls-key-file-pass
      name : tls-client-cert-file tls-client-key-file tls-client-key-file-pass tls-dh-params-file
      name : tls-ca-cert-file tls-ca-cert-dir tls-protocols tls-ciphers tls-ciphersuites
      text : aclfile ignore-warnings logfile
      text nodes.conf : cluster-config-file
      text redis : syslog-ident
      text dump.rdb : dbfilename
      text appendonly.aof : appendfilename
      text appendonlydir : appenddirname
      text {title} {listen-addr} {server-mode} : proc-title-template
      choice no upstart systemd auto no : supervised
      choice local0 user local0 local1 local2 local3 local4 local5 local6 local7 : syslog-facility
      choice disabled disabled on-empty-db swapdb : repl-diskless-load
      choice notice debug verbose notice warning : loglevel
      choice noeviction volatile-lru volatile-lfu volatile-random volatile-ttl allkeys-lru \
      allkeys-lfu allkeys-random noeviction : maxmemory-policy
      choice everysec everysec always no : appendfsync
      choice no no yes relative absolute : oom-score-adj
      choice resetchannels allchannels resetchannels : acl-pubsub-default
      choice no no yes clients : sanitize-dump-payload
      choice no no yes local : enable-protected-configs enable-debug-command enable-module-command
      choice ip ip hostname unknown-endpoint : cluster-preferred-endpoint-type
      choice ignore ignore panic panic-on-replicas : propagation-error-behavior
      choice yes no yes optional : tls-auth-clients
      choices default default save nosave now force : shutdown-on-sigint shutdown-on-sigterm
      int 16 1 2147483647 : databases
      int 6379 0 65535 : port
      int 1 1 128 : io-threads
      int 100 0 2147483647 : auto-aof-rewrite-percentage replica-priority/slave-priority
      int 10 0 2147483647 : cluster-replica-validity-factor/cluster-slave-validity-factor
      int 10 0 2147483647 : lfu-log-factor hz min-replicas-max-lag/min-slaves-max-lag
      int 10 0 2147483647 : shutdown-timeout
      int -2 -2147483648 2147483647 : list-max-listpack-size/list-max-ziplist-size
      int 300 0 2147483647 : tcp-keepalive tls-session-cache-timeout
      int 1 0 2147483647 : cluster-migration-barrier lfu-decay-time
      int 1 1 99 : active-defrag-cycle-min
      int 25 1 99 : active-defrag-cycle-max
      int 10 0 1000 : active-defrag-threshold-lower
      int 100 0 1000 : active-defrag-threshold-upper
      int 5 0 2147483647 : repl-diskless-sync-delay
      int 5 1 2147483647 : maxmemory-samples
      int 10 0 100 : maxmemory-eviction-tenacity
      int 0 0 2147483647 : timeout list-compress-depth min-replicas-to-write/min-slaves-to-write
      int 0 0 2147483647 : watchdog-period repl-diskless-sync-max-replicas
      int 0 0 65535 : replica-announce-port/slave-announce-port cluster-port
      int 0 0 65535 : cluster-announce-bus-port cluster-announce-port cluster-announce-tls-port
      int 0 0 65535 : tls-port
      int 511 0 2147483647 : tcp-backlog
      int 60 1 2147483647 : repl-timeout
      int 10 1 2147483647 : repl-ping-replica-period/repl-ping-slave-period
      int 0 -2147483648 2147483647 : rdb-key-save-delay key-load-delay
      int 1 1 10 : active-expire-effort
      uint 10000 1 4294967295 : maxclients
      octal 0 0 511 : unixsocketperm
      uint 0 0 4294967295 : socket-mark-id
      int 1000 1 9223372036854775807 : active-defrag-max-scan-fields
      int 128 0 9223372036854775807 : slowlog-max-len acllog-max-len
      int 5000 0 9223372036854775807 : busy-reply-threshold/lua-time-limit
      int 15000 0 9223372036854775807 : cluster-node-timeout
      int 10000 -1 9223372036854775807 : slowlog-log-slower-than
      int 0 0 9223372036854775807 : latency-monitor-threshold
      bytes 536870912 1048576 9223372036854775807 : proto-max-bulk-len
      int 100 0 9223372036854775807 : stream-node-max-entries
      bytes 1048576 1 9223372036854775807 : repl-backlog-size
      ubytes 0 0 18446744073709551615 : maxmemory cluster-link-sendbuf-limit
      uint 512 0 9223372036854775807 : hash-max-listpack-entries/hash-max-ziplist-entries
      uint 512 0 9223372036854775807 : set-max-intset-entries
      uint 128 0 9223372036854775807 : zset-max-listpack-entries/zset-max-ziplist-entries
      ubytes 104857600 1 9223372036854775807 : active-defrag-ignore-bytes
      ubytes 64 0 9223372036854775807 : hash-max-listpack-value/hash-max-ziplist-value
      ubytes 64 0 9223372036854775807 : zset-max-listpack-value/zset-max-ziplist-value
      ubytes 4096 0 9223372036854775807 : stream-node-max-bytes
      ubytes 3000 0 9223372036854775807 : hll-sparse-max-bytes
      uint 1000000 0 9223372036854775807 : tracking-table-max-keys
      ubytes 1073741824 1048576 9223372036854775807 : client-query-buffer-limit
      percent 0 -100 9223372036854775807 : maxmemory-clients
      int 3600 0 9223372036854775807 : repl-backlog-ttl
      bytes 67108864 0 9223372036854775807 : auto-aof-rewrite-min-size
      int 2097152 1024 2147483647 : loading-process-events-interval-bytes
      int 20480 0 2147483647 : tls-session-cache-size
      """;

  private static final List<PlainOption> ALL = options();
  private static final Map<String, PlainOption> BY_NAME = byName();

  private OptionTable() {}

  /** By its name in any case, new or old. */
  static Optional<PlainOption> find(String name) {
    return Optional.ofNullable(BY_NAME.get(ConfWords.lower(name)));
  }

  static List<PlainOption> all() {
    return ALL;
  }

  private static List<PlainOption> options() {
    List<PlainOption> all = new ArrayList<>();
    ROWS.lines().forEach(row -> all.addAll(row(row)));
    for (ListOption option : ListOption.values()) {
      Optional<String> alias =
          option == ListOption.REPLICA_OF ? Optional.of("slaveof") : Optional.empty();
      all.add(option(option.name, alias, new OptionKind.Special(option)));
    }
    return Collections.unmodifiableList(all);
  }

  private static Map<String, PlainOption> byName() {
    Map<String, PlainOption> byName = new HashMap<>();
    for (PlainOption option : ALL) {
      byName.put(option.name(), option);
      option.alias().ifPresent(alias -> byName.put(alias, option));
    }
    return Collections.unmodifiableMap(byName);
  }

  private static List<PlainOption> row(String row) {
    int colon = row.lastIndexOf(" :");
    List<String> spec = Arrays.asList(row.substring(0, colon).split(" "));
    List<PlainOption> options = new ArrayList<>();
    for (String names : row.substring(colon + 2).trim().split(" ")) {
      String[] both = names.split("/");
      Optional<String> alias = both.length > 1 ? Optional.of(both[1]) : Optional.empty();
      options.add(option(both[0], alias, kind(spec, both[0])));
    }
    return options;
  }

  private static OptionKind kind(List<String> spec, String name) {
    List<String> arguments = spec.subList(1, spec.size());
    return switch (spec.get(0)) {
      case "flag" -> new OptionKind.Flag(arguments);
      case "name" -> new OptionKind.Text(List.of(), TextRule.of(name));
      case "text" -> new OptionKind.Text(List.of(String.join(" ", arguments)), TextRule.of(name));
      case "choice", "choices" ->
          new OptionKind.Choice(
              arguments.subList(0, 1),
              arguments.subList(1, arguments.size()),
              spec.get(0).equals("choices"));
      default -> number(spec.get(0), arguments);
    };
  }

  private static OptionKind number(String kind, List<String> arguments) {
    boolean unsigned = kind.startsWith("u");
    Form form =
        switch (unsigned ? kind.substring(1) : kind) {
          case "int" -> Form.INTEGER;
          case "bytes" -> Form.MEMORY;
          case "percent" -> Form.PERCENT;
          default -> Form.OCTAL;
        };
    return new OptionKind.Number(
        arguments.subList(0, 1),
        Long.parseLong(arguments.get(1)),
        unsigned ? Long.parseUnsignedLong(arguments.get(2)) : Long.parseLong(arguments.get(2)),
        form,
        unsigned);
  }

  /** A sentinel has its own port and must be reached from outside. */
  private static PlainOption option(String name, Optional<String> alias, OptionKind kind) {
    List<String> atStart =
        switch (name) {
          case "port" -> List.of("26379");
          case "protected-mode" -> List.of("no");
          default -> kind.initial();
        };
    return new PlainOption(name, alias, kind, atStart);
  }
}
