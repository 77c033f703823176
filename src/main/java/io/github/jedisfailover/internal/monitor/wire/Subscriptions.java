package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.acl.Glob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What one connection has subscribed to; immutable, so that publishers read it without a lock.
 *
 * @param channels exact names
 * @param patterns for PSUBSCRIBE
 */
public record Subscriptions(Set<String> channels, Set<String> patterns) {
  public static final Subscriptions NONE = new Subscriptions(Set.of(), Set.of());

  private static final int MAX = 1000;

  /** Names may be as long as a request: a thousand of those would fill the heap. */
  private static final int MAX_BYTES = 65_536;

  public int count() {
    return channels.size() + patterns.size();
  }

  public boolean isEmpty() {
    return count() == 0;
  }

  /** The frames to deliver for an event; one per matching subscription. */
  public List<Reply> deliveries(String channel, String payload) {
    List<Reply> frames = new ArrayList<>();
    if (channels.contains(channel)) {
      frames.add(push("message", channel, payload));
    }
    for (String pattern : patterns) {
      if (Glob.matches(pattern, channel)) {
        frames.add(push("pmessage", pattern, channel, payload));
      }
    }
    return frames;
  }

  private static Reply push(String... parts) {
    List<Reply> items = new ArrayList<>();
    for (String part : parts) {
      items.add(new Reply.Bulk(part));
    }
    return new Reply.Push(items);
  }

  /** The new subscriptions and the frames that tell the client. */
  public record Change(Subscriptions after, Reply reply) {}

  Change add(List<String> names, boolean pattern) {
    if (count() + names.size() > MAX) {
      return new Change(this, new Reply.Error("ERR too many subscriptions, the limit is " + MAX));
    }
    if (bytes(channels) + bytes(patterns) + bytes(names) > MAX_BYTES) {
      String text = "ERR subscriptions too long, the limit of all together is " + MAX_BYTES;
      return new Change(this, new Reply.Error(text + " bytes"));
    }
    return change(names, pattern, "subscribe", Set::add);
  }

  private static long bytes(Collection<String> names) {
    return names.stream().mapToLong(String::length).sum();
  }

  /** Without names: all of that kind. */
  Change remove(List<String> names, boolean pattern) {
    List<String> which = names.isEmpty() ? List.copyOf(pattern ? patterns : channels) : names;
    if (which.isEmpty()) {
      Reply none =
          new Reply.Push(
              List.of(
                  new Reply.Bulk(pattern ? "punsubscribe" : "unsubscribe"),
                  new Reply.NullBulk(),
                  new Reply.Int(count())));
      return new Change(this, none);
    }
    return change(which, pattern, "unsubscribe", Set::remove);
  }

  private Change change(
      List<String> names,
      boolean pattern,
      String word,
      BiFunction<Set<String>, String, Boolean> step) {
    Set<String> newChannels = new LinkedHashSet<>(channels);
    Set<String> newPatterns = new LinkedHashSet<>(patterns);
    List<Reply> frames = new ArrayList<>();
    for (String name : names) {
      step.apply(pattern ? newPatterns : newChannels, name);
      frames.add(
          new Reply.Push(
              List.of(
                  new Reply.Bulk(pattern ? "p" + word : word),
                  new Reply.Bulk(name),
                  new Reply.Int(newChannels.size() + newPatterns.size()))));
    }
    return new Change(
        new Subscriptions(Set.copyOf(newChannels), Set.copyOf(newPatterns)),
        new Reply.Several(frames));
  }
}
