package io.github.jedisfailover.internal.doctor;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one monitor or Redis Sentinel said about the group.
 *
 * @param host where it runs, as an IP address if its name can be resolved
 * @param problem why there is no answer; empty if there is one
 * @param id its own; empty if it does not tell
 * @param master its instance of {@code SENTINEL MASTER}; empty if it does not watch the group
 * @param quorumCheck what {@code SENTINEL CKQUORUM} says
 * @param tilt whether it trusts itself at the moment
 */
public record MonitorFacts(
    NodeAddress address,
    String host,
    String problem,
    String id,
    Map<String, String> master,
    List<Map<String, String>> replicas,
    List<Map<String, String>> peers,
    String quorumCheck,
    boolean tilt) {
  public MonitorFacts {
    master = Map.copyOf(master);
    replicas = List.copyOf(replicas);
    peers = List.copyOf(peers);
  }

  public static MonitorFacts silent(NodeAddress address, String host, String problem) {
    return new MonitorFacts(address, host, problem, "", Map.of(), List.of(), List.of(), "", false);
  }

  public boolean answered() {
    return problem.isEmpty();
  }

  public boolean knowsGroup() {
    return !master.isEmpty();
  }

  public String field(String name) {
    return master.getOrDefault(name, "");
  }

  public long number(String name) {
    return NodeFacts.number(field(name)).orElse(-1);
  }

  public Optional<NodeAddress> masterAddress() {
    return address(master);
  }

  /** All monitors that it knows, with itself. */
  public int monitors() {
    return 1 + peers.size();
  }

  /** What it thinks of the master: {@code up}, {@code s_down} or {@code o_down}. */
  public String opinion() {
    return has(master, "o_down") ? "o_down" : has(master, "s_down") ? "s_down" : "up";
  }

  public static Optional<NodeAddress> address(Map<String, String> instance) {
    return NodeFacts.address(instance.getOrDefault("ip", ""), instance.getOrDefault("port", ""));
  }

  static boolean has(Map<String, String> instance, String flag) {
    return Arrays.asList(instance.getOrDefault("flags", "").split(",")).contains(flag);
  }

  static boolean up(Map<String, String> instance) {
    return !has(instance, "s_down") && !has(instance, "disconnected");
  }
}
