package io.github.jedisfailover.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.config.SideEffect;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/** What servers say of their commands, against what is sent where and repeated. */
class ServerFlagsIT {
  /** Read-only for the server, and kept on the master for a reason of our own. */
  private static final Set<String> KEPT_ON_THE_MASTER =
      Set.of(
          "DBSIZE",
          "LOLWUT",
          "MEMORY|USAGE",
          "TOUCH",
          "XREAD",
          "SCAN",
          "HSCAN",
          "SSCAN",
          "ZSCAN",
          "EVALSHA_RO",
          "STRALGO");

  /** Redis 6.2 gives flags to a command and not to its subcommands. */
  private static final Set<String> COARSE_IN_6 = Set.of("OBJECT", "XINFO", "MEMORY");

  /** What a browser would send. */
  private static final Set<String> NO_COMMANDS = Set.of("HOST:", "POST");

  private record Known(String name, Set<String> flags) {}

  @Test
  void theServerInstalled() {
    try (RedisServers servers = RedisServers.open()) {
      check(servers, servers.start());
    }
  }

  @Test
  void theServerCarried() {
    try (RedisServers servers = RedisServers.carried()) {
      check(servers, servers.start());
    }
  }

  private static void check(RedisServers servers, RedisNode node) {
    List<Known> all = commandsOf(node);
    Set<String> kept = new TreeSet<>();
    int reads = 0;
    for (Known known : all) {
      if (COARSE_IN_6.contains(known.name())
          || NO_COMMANDS.contains(known.name())
          || known.flags().contains("admin")) {
        continue;
      }
      boolean reading = known.flags().contains("readonly");
      CommandArguments command = command(known.name());
      CommandIntent intent = new CommandClassifier().classify(command);
      if (intent == CommandIntent.ANY_NODE) {
        assertThat(reading).as("%s is sent to replicas", known.name()).isTrue();
        assertThat(known.flags()).as(known.name()).doesNotContain("write", "blocking", "pubsub");
        reads++;
      } else if (reading) {
        kept.add(known.name());
      }
      if (known.flags().contains("write")) {
        assertThat(writesByArguments(known.name()) || !isRead(command))
            .as("%s writes, and is repeated as a read", known.name())
            .isTrue();
      }
    }
    System.out.printf(
        "flags of %s: %d commands, %d for replicas, kept on the master %s%n",
        servers.binary().version(), all.size(), reads, kept);
    assertThat(KEPT_ON_THE_MASTER).containsAll(kept);
    assertThat(all).hasSizeGreaterThan(200);
    assertThat(reads).isGreaterThan(60);
  }

  private static boolean isRead(CommandArguments command) {
    return SideEffects.of(command) == SideEffect.READ;
  }

  /** Without the argument that makes them write they only read. */
  private static boolean writesByArguments(String name) {
    return Set.of("SORT", "BITFIELD", "GEORADIUS", "GEORADIUSBYMEMBER").contains(name);
  }

  private static CommandArguments command(String name) {
    String[] words = name.split("\\|");
    byte[] raw = words[0].getBytes(StandardCharsets.ISO_8859_1);
    CommandArguments command = new CommandArguments(() -> raw);
    return words.length > 1 ? command.add(words[1]) : command;
  }

  private static List<Known> commandsOf(RedisNode node) {
    List<Known> all = new ArrayList<>();
    try (Jedis jedis = new Jedis(node.address().host(), node.port())) {
      collect((List<?>) jedis.sendCommand(Protocol.Command.COMMAND), all);
    }
    return all;
  }

  private static void collect(List<?> replies, List<Known> into) {
    for (Object reply : replies) {
      List<?> fields = (List<?>) reply;
      Set<String> flags = new HashSet<>();
      ((Iterable<?>) fields.get(2)).forEach(f -> flags.add(text(f)));
      List<?> subcommands = fields.size() > 9 ? (List<?>) fields.get(9) : List.of();
      if (subcommands.isEmpty()) {
        into.add(new Known(text(fields.get(0)).toUpperCase(Locale.ROOT), flags));
      }
      collect(subcommands, into);
    }
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(value);
  }
}
