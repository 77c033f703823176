package io.github.jedisfailover.testsupport;

import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.exceptions.JedisException;

/** A master and its replicas; who is master now is asked of the nodes, not remembered. */
public record RedisGroup(List<RedisNode> nodes) {
  /** A voter that was paused or starved sits out 30 s of TILT before it judges again. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  public RedisGroup {
    nodes = List.copyOf(nodes);
  }

  static RedisGroup start(RedisServers servers, List<NodeAddress> addresses) {
    List<RedisNode> nodes = new ArrayList<>();
    addresses.forEach(a -> nodes.add(servers.launch(a)));
    nodes.forEach(RedisNode::awaitReady);
    RedisNode master = nodes.get(0);
    nodes.stream().skip(1).forEach(n -> n.replicaOf(master));
    RedisGroup group = new RedisGroup(nodes);
    group.awaitInSync(master);
    return group;
  }

  public NodeAddress[] addresses() {
    return nodes.stream().map(RedisNode::address).toArray(NodeAddress[]::new);
  }

  public RedisNode node(NodeAddress address) {
    return nodes.stream().filter(n -> n.address().equals(address)).findFirst().orElseThrow();
  }

  /** The only living node that calls itself a master; fails if there are none or several. */
  public RedisNode master() {
    List<RedisNode> masters = masters();
    if (masters.size() != 1) {
      throw new IllegalStateException("one master expected, found " + masters);
    }
    return masters.get(0);
  }

  /** All living nodes that call themselves a master. */
  public List<RedisNode> masters() {
    return nodes.stream().filter(n -> hasRole(n, "master")).toList();
  }

  /** All living nodes that call themselves a replica. */
  public List<RedisNode> replicas() {
    return nodes.stream().filter(n -> hasRole(n, "slave")).toList();
  }

  private static boolean hasRole(RedisNode node, String role) {
    try {
      return node.isAlive() && !node.isFrozen() && role.equals(node.role());
    } catch (JedisException e) {
      return false;
    }
  }

  /** Waits until every other living node copies this one. */
  public void awaitInSync(RedisNode master) {
    await("all replicas of " + master)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(JedisException.class)
        .until(
            () ->
                nodes.stream()
                    .filter(n -> n != master && n.isAlive() && !n.isFrozen())
                    .allMatch(n -> n.isInSyncWith(master.address())));
  }

  /** Waits until another node than this one is the only master. */
  public RedisNode awaitMasterOtherThan(RedisNode old) {
    await("a master other than " + old)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .until(() -> masters().size() == 1 && masters().get(0) != old);
    return master();
  }

  /** Waits until the newest write has reached all living replicas of the master. */
  public void awaitReplicated() {
    RedisNode master = master();
    await("replication")
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(JedisException.class)
        .until(
            () -> {
              String offset = master.info("replication").get("master_repl_offset");
              return replicas().stream()
                  .allMatch(r -> offset.equals(r.info("replication").get("slave_repl_offset")));
            });
  }
}
