package io.github.jedisfailover.internal.execution;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.args.Rawable;

/**
 * What a listener wants to hear, what it believes to hear, and what the node has yet to confirm.
 * Not thread-safe.
 */
final class Channels {
  private final Set<Channel> wanted = new LinkedHashSet<>();
  private final Set<Channel> believed = new LinkedHashSet<>();
  private final Set<Channel> unconfirmed = new LinkedHashSet<>();

  private enum Kind {
    CHANNEL(Command.SUBSCRIBE, Command.UNSUBSCRIBE),
    PATTERN(Command.PSUBSCRIBE, Command.PUNSUBSCRIBE),
    SHARD_CHANNEL(Command.SSUBSCRIBE, Command.SUNSUBSCRIBE);

    private final Command begin;
    private final Command end;

    Kind(Command begin, Command end) {
      this.begin = begin;
      this.end = end;
    }
  }

  /** A name as its bytes, one character each. */
  private record Channel(Kind kind, String name) {}

  /** The listener sends this. */
  void asked(CommandArguments command) {
    for (Kind kind : Kind.values()) {
      if (command.getCommand() == kind.begin) {
        names(command).forEach(name -> wanted.add(new Channel(kind, name)));
      } else if (command.getCommand() == kind.end && command.size() == 1) {
        wanted.removeIf(c -> c.kind() == kind);
      } else if (command.getCommand() == kind.end) {
        names(command).forEach(name -> wanted.remove(new Channel(kind, name)));
      }
    }
  }

  private static List<String> names(CommandArguments command) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i < command.size(); i++) {
      Rawable name = command.get(i);
      names.add(text(name.getRaw()));
    }
    return names;
  }

  /** The listener is about to be told this. */
  void told(Object reply) {
    if (reply instanceof List<?> parts
        && parts.size() == 3
        && parts.get(0) instanceof byte[] word
        && parts.get(1) instanceof byte[] name) {
      for (Kind kind : Kind.values()) {
        Channel channel = new Channel(kind, text(name));
        if (is(word, kind.begin)) {
          believed.add(channel);
          unconfirmed.remove(channel);
        } else if (is(word, kind.end)) {
          believed.remove(channel);
          unconfirmed.remove(channel);
        }
      }
    }
  }

  private static boolean is(byte[] word, Command command) {
    return Arrays.equals(word, bytes(command.name().toLowerCase(Locale.ROOT)));
  }

  boolean wantsNothing() {
    return wanted.isEmpty();
  }

  void wantNothing() {
    wanted.clear();
  }

  boolean believesNothing() {
    return believed.isEmpty();
  }

  /** Whether a new node has confirmed all that was asked of it. */
  boolean isConfirmed() {
    return unconfirmed.isEmpty();
  }

  /** For a new node: asks for all that is wanted. */
  List<CommandArguments> renewal() {
    unconfirmed.clear();
    unconfirmed.addAll(wanted);
    return Arrays.stream(Kind.values()).map(this::subscribeAll).flatMap(Optional::stream).toList();
  }

  private Optional<CommandArguments> subscribeAll(Kind kind) {
    CommandArguments command = new CommandArguments(kind.begin);
    wanted.stream().filter(c -> c.kind() == kind).forEach(c -> command.add(bytes(c.name())));
    return command.size() == 1 ? Optional.empty() : Optional.of(command);
  }

  /**
   * The replies that no node will give any more: to what the listener left while there was none. If
   * it left everything they end with the count 0, which ends its loop.
   */
  List<Object> farewells() {
    List<Channel> left = new ArrayList<>(believed);
    left.removeAll(wanted);
    List<Object> replies = new ArrayList<>();
    long count = wanted.size() + left.size();
    for (Channel channel : left) {
      replies.add(farewell(channel.kind(), bytes(channel.name()), --count));
    }
    if (replies.isEmpty() && wanted.isEmpty()) {
      replies.add(farewell(Kind.CHANNEL, null, 0));
    }
    return replies;
  }

  private static List<Object> farewell(Kind kind, byte[] name, long count) {
    return Arrays.asList(bytes(kind.end.name().toLowerCase(Locale.ROOT)), name, count);
  }

  private static String text(byte[] raw) {
    return new String(raw, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
