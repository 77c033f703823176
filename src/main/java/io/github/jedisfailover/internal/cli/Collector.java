package io.github.jedisfailover.internal.cli;

import io.github.jedisfailover.internal.doctor.Facts;
import io.github.jedisfailover.internal.doctor.MonitorFacts;
import io.github.jedisfailover.internal.doctor.NodeFacts;
import io.github.jedisfailover.internal.monitor.net.BriefTalks;
import io.github.jedisfailover.internal.monitor.net.Connections;
import io.github.jedisfailover.internal.monitor.net.LinkConfig;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

/** Asks everybody at the same time, then those that the answers name. Used by one thread. */
final class Collector implements AutoCloseable {
  private static final String NAME = "jedis-failover-cli";

  /** A named node's replicas, and the replicas of those; more is no group. */
  private static final int ROUNDS = 4;

  private static final int MOST = 200;

  private final Target target;
  private final MonotonicClock clock = MonotonicClock.SYSTEM;
  private final DaemonThreads threads = new DaemonThreads("cli");
  private final BriefTalks nodeTalks;
  private final BriefTalks monitorTalks;

  Collector(Target target) {
    this.target = target;
    this.nodeTalks = new BriefTalks(config(target.nodeLogin()));
    this.monitorTalks = new BriefTalks(config(target.monitorLogin()));
  }

  private JedisClientConfig config(JedisClientConfig login) {
    return new LinkConfig(login, NAME, target.timeoutMillis(), target.timeoutMillis());
  }

  /** Roles, offsets and opinions. */
  Facts look() {
    return collect(false, Duration.ZERO);
  }

  /**
   * Settings too.
   *
   * @param sample how long to watch how much is written; zero: not at all
   */
  Facts examine(Duration sample) {
    return collect(true, sample);
  }

  private Facts collect(boolean settingsToo, Duration sample) {
    Map<NodeAddress, MonitorFacts> monitors = rounds(target.monitors(), this::monitor, this::peers);
    Set<NodeAddress> announced = new LinkedHashSet<>();
    monitors.values().forEach(m -> watched(m).forEach(announced::add));
    List<NodeAddress> first = new ArrayList<>(target.nodes());
    announced.stream().filter(a -> !first.contains(a)).forEach(first::add);
    Map<NodeAddress, NodeFacts> nodes =
        rounds(
            first,
            n -> node(n, settingsToo),
            n -> {
              List<NodeAddress> named = named(n).toList();
              announced.addAll(named);
              return named.stream();
            });
    List<NodeFacts> all =
        nodes.values().stream()
            .map(n -> announced.contains(n.address()) ? n.asAnnounced() : n)
            .toList();
    Facts facts =
        new Facts(target.group(), all, List.copyOf(monitors.values()), OptionalLong.empty());
    return sample.isZero() ? facts : facts.writing(rate(facts, sample));
  }

  private Stream<NodeAddress> peers(MonitorFacts monitor) {
    return monitor.peers().stream().flatMap(p -> MonitorFacts.address(p).stream());
  }

  private static Stream<NodeAddress> watched(MonitorFacts monitor) {
    return Stream.concat(Stream.of(monitor.master()), monitor.replicas().stream())
        .flatMap(i -> MonitorFacts.address(i).stream());
  }

  private static Stream<NodeAddress> named(NodeFacts node) {
    return Stream.concat(
        node.of().stream(), node.followers().stream().map(NodeFacts.Follower::address));
  }

  /** Until an answer names nobody new. */
  private <T> Map<NodeAddress, T> rounds(
      Collection<NodeAddress> first,
      Function<NodeAddress, T> question,
      Function<T, Stream<NodeAddress>> names) {
    Map<NodeAddress, T> answers = new LinkedHashMap<>();
    Collection<NodeAddress> next = first;
    for (int i = 0; i < ROUNDS && !next.isEmpty(); i++) {
      Map<NodeAddress, T> fresh = together(next, question);
      answers.putAll(fresh);
      next =
          fresh.values().stream()
              .flatMap(names)
              .filter(a -> !answers.containsKey(a))
              .distinct()
              .limit(Math.max(0, MOST - answers.size()))
              .toList();
    }
    return answers;
  }

  private <T> Map<NodeAddress, T> together(
      Collection<NodeAddress> whom, Function<NodeAddress, T> question) {
    Map<NodeAddress, CompletableFuture<T>> slots = new LinkedHashMap<>();
    for (NodeAddress address : whom) {
      CompletableFuture<T> slot = new CompletableFuture<>();
      slots.put(address, slot);
      threads.start("ask-" + address, () -> fill(slot, () -> question.apply(address)));
    }
    Map<NodeAddress, T> answers = new LinkedHashMap<>();
    slots.forEach((address, slot) -> answers.put(address, slot.join()));
    return answers;
  }

  /** Each question ends by itself: all its waits are bounded. */
  private static <T> void fill(CompletableFuture<T> slot, Supplier<T> question) {
    try {
      slot.complete(question.get());
    } catch (RuntimeException | Error e) {
      slot.completeExceptionally(e);
    }
  }

  private MonitorFacts monitor(NodeAddress monitor) {
    try {
      return monitorTalks.ask(monitor, c -> new MonitorQuestions(c, target.group()).ask(monitor));
    } catch (JedisException e) {
      return MonitorFacts.silent(monitor, MonitorQuestions.host(monitor), Connections.reason(e));
    }
  }

  private NodeFacts node(NodeAddress node, boolean settingsToo) {
    try {
      return nodeTalks.ask(node, c -> new NodeQuestions(c, clock).ask(node, settingsToo));
    } catch (JedisException e) {
      return NodeFacts.silent(node, Connections.reason(e));
    }
  }

  /** Growth of the master's stream. */
  private OptionalLong rate(Facts facts, Duration sample) {
    OptionalLong before = offset(facts);
    long start = clock.nanos();
    if (before.isEmpty() || !DaemonThreads.pause(sample.toMillis())) {
      return OptionalLong.empty();
    }
    OptionalLong after = offset(facts);
    double seconds = (clock.nanos() - start) / 1e9;
    return after.isEmpty()
        ? after
        : OptionalLong.of(
            Math.max(0, Math.round((after.getAsLong() - before.getAsLong()) / seconds)));
  }

  private OptionalLong offset(Facts facts) {
    return facts.master().stream()
        .map(m -> node(m.address(), false))
        .filter(NodeFacts::answered)
        .mapToLong(NodeFacts::offset)
        .findFirst();
  }

  @Override
  public void close() {
    nodeTalks.close();
    monitorTalks.close();
    threads.close();
  }
}
