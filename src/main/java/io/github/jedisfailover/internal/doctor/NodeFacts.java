package io.github.jedisfailover.internal.doctor;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one Redis server said of itself.
 *
 * @param announced whether a monitor or another node names this address
 * @param problem why there is no answer; empty if there is one
 * @param info the fields of {@code INFO}
 * @param config its settings, secrets only as {@value #SECRET}; empty if it tells none
 * @param access what else was asked; empty if it tells nothing
 */
public record NodeFacts(
    NodeAddress address,
    boolean announced,
    String problem,
    Map<String, String> info,
    Map<String, String> config,
    Access access) {
  /** In the place of a password that is set. */
  public static final String SECRET = "(set)";

  public NodeFacts {
    info = Map.copyOf(info);
    config = Map.copyOf(config);
  }

  /**
   * @param open whether the default user needs no password
   * @param watchers how many monitors listen for each other there
   * @param time its clock against that of this machine
   */
  public record Access(Optional<Boolean> open, OptionalLong watchers, Optional<Time> time) {
    public static final Access UNKNOWN =
        new Access(Optional.empty(), OptionalLong.empty(), Optional.empty());
  }

  /**
   * @param aheadMillis how much later it is there
   * @param withinMillis how far that may be off
   */
  public record Time(long aheadMillis, long withinMillis) {}

  /** A replica as its master lists it. */
  public record Follower(NodeAddress address, String state, long offset, long lagSeconds) {}

  /** One that gave no answer, by an address that nobody is known to name. */
  public static NodeFacts silent(NodeAddress address, String problem) {
    return new NodeFacts(address, false, problem, Map.of(), Map.of(), Access.UNKNOWN);
  }

  public NodeFacts asAnnounced() {
    return new NodeFacts(address, true, problem, info, config, access);
  }

  public boolean answered() {
    return problem.isEmpty();
  }

  public boolean master() {
    return "master".equals(info("role"));
  }

  public boolean replica() {
    return "slave".equals(info("role"));
  }

  public String info(String field) {
    return info.getOrDefault(field, "");
  }

  /** Empty if it is not known. */
  public Optional<String> setting(String name) {
    return Optional.ofNullable(config.get(name));
  }

  OptionalLong numberSetting(String name) {
    return setting(name).map(NodeFacts::number).orElse(OptionalLong.empty());
  }

  public String version() {
    return info("redis_version");
  }

  /** Its place in the replication stream; -1 if unknown. */
  public long offset() {
    return number(info(replica() ? "slave_repl_offset" : "master_repl_offset")).orElse(-1);
  }

  public boolean linkUp() {
    return "up".equals(info("master_link_status"));
  }

  /** Whom it follows. */
  public Optional<NodeAddress> of() {
    return address(info("master_host"), info("master_port"));
  }

  /** Setting or, where settings are hidden, what INFO says. */
  OptionalLong backlog() {
    OptionalLong set = numberSetting("repl-backlog-size");
    return set.isPresent() ? set : number(info("repl_backlog_size"));
  }

  /** Its replicas that can be named. */
  public List<Follower> followers() {
    List<Follower> followers = new ArrayList<>();
    for (int i = 0; info.containsKey("slave" + i); i++) {
      Map<String, String> parts = new HashMap<>();
      Arrays.stream(info("slave" + i).split(","))
          .map(p -> p.split("=", 2))
          .filter(p -> p.length == 2)
          .forEach(p -> parts.put(p[0], p[1]));
      address(parts.getOrDefault("ip", ""), parts.getOrDefault("port", ""))
          .ifPresent(
              a ->
                  followers.add(
                      new Follower(
                          a,
                          parts.getOrDefault("state", ""),
                          number(parts.getOrDefault("offset", "")).orElse(-1),
                          number(parts.getOrDefault("lag", "")).orElse(-1))));
    }
    return followers;
  }

  static Optional<NodeAddress> address(String host, String port) {
    try {
      return Optional.of(new NodeAddress(host, Integer.parseInt(port)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text.trim()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
