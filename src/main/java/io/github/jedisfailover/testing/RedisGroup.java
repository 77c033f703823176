package io.github.jedisfailover.testing;

import io.github.jedisfailover.internal.testkit.Await;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A master and its replicas; who is master now is asked of the nodes, not remembered. What is
 * awaited here is awaited for at most 90 s: a monitor that was starved of CPU sits out 30 s before
 * it judges again. Thread-safe.
 *
 * @param nodes all of them, in the order they were started: the first master first
 */
public record RedisGroup(List<RedisNode> nodes) {
  static final Duration PATIENCE = Duration.ofSeconds(90);

  /**
   * Takes a copy of the list.
   *
   * @param nodes all nodes
   */
  public RedisGroup {
    nodes = List.copyOf(nodes);
  }

  /** Starts the processes; they are masters without replicas and may not answer yet. */
  static RedisGroup launch(RedisServers servers, List<NodeAddress> addresses, String... arguments) {
    return new RedisGroup(addresses.stream().map(a -> servers.launch(a, arguments)).toList());
  }

  /** Waits for the nodes and makes all but the first its replicas. */
  RedisGroup connect() {
    nodes.forEach(RedisNode::awaitReady);
    RedisNode master = nodes.get(0);
    nodes.stream().skip(1).forEach(n -> n.replicaOf(master));
    awaitInSync(master);
    return this;
  }

  /**
   * Where the nodes listen.
   *
   * @return a new array
   */
  public NodeAddress[] addresses() {
    return nodes.stream().map(RedisNode::address).toArray(NodeAddress[]::new);
  }

  /**
   * The node of this address.
   *
   * @param address one of {@link #addresses()}
   * @return the node
   * @throws IllegalArgumentException if there is none
   */
  public RedisNode node(NodeAddress address) {
    return nodes.stream()
        .filter(n -> n.address().equals(address))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "address must be one of " + nodes + ", was " + address));
  }

  /**
   * The only living node that calls itself a master.
   *
   * @return the master
   * @throws IllegalStateException if there are none or several
   */
  public RedisNode master() {
    List<RedisNode> masters = masters();
    if (masters.size() != 1) {
      throw new IllegalStateException("one master expected, found " + masters + ". " + describe());
    }
    return masters.get(0);
  }

  /**
   * All living nodes that call themselves a master; during a failover there may be none or two.
   *
   * @return those that answer
   */
  public List<RedisNode> masters() {
    return nodes.stream().filter(n -> hasRole(n, "master")).toList();
  }

  /**
   * All living nodes that call themselves a replica.
   *
   * @return those that answer
   */
  public List<RedisNode> replicas() {
    return nodes.stream().filter(n -> hasRole(n, "slave")).toList();
  }

  private static boolean hasRole(RedisNode node, String role) {
    try {
      return answers(node) && role.equals(node.role());
    } catch (JedisException e) {
      return false;
    }
  }

  private static boolean answers(RedisNode node) {
    return node.isAlive() && !node.isFrozen();
  }

  /**
   * Waits until every other living node copies this one and is in step with it.
   *
   * @param master whom they copy
   * @throws IllegalStateException after 90 s, with what each node says
   */
  public void awaitInSync(RedisNode master) {
    await(
        "replication from " + master + " to all living nodes",
        () ->
            nodes.stream()
                .filter(n -> n != master && answers(n))
                .allMatch(n -> n.isInSyncWith(master.address())));
  }

  /**
   * Waits until another node than this one is the only master.
   *
   * @param old the master before
   * @return the new master
   * @throws IllegalStateException after 90 s, with what each node says
   */
  public RedisNode awaitMasterOtherThan(RedisNode old) {
    await(
        "master other than " + old,
        () -> {
          List<RedisNode> masters = masters();
          return masters.size() == 1 && masters.get(0) != old;
        });
    return master();
  }

  /**
   * Waits until the newest write has reached all living replicas of the master.
   *
   * @throws IllegalStateException if there is no master; or after 90 s, with what each node says
   */
  public void awaitReplicated() {
    RedisNode master = master();
    await(
        "copy of the newest write on all living replicas of " + master,
        () -> {
          String offset = master.info("replication").get("master_repl_offset");
          return replicas().stream()
              .allMatch(r -> offset.equals(r.info("replication").get("slave_repl_offset")));
        });
  }

  private void await(String what, BooleanSupplier condition) {
    Await.until(what, PATIENCE, condition, this::describe);
  }

  /**
   * What each node says of itself, for error messages.
   *
   * @return one line per node
   */
  public String describe() {
    return nodes.stream()
        .map(n -> "\n  " + n.describe())
        .collect(Collectors.joining("", "Nodes:", ""));
  }
}
