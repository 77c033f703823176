package io.github.jedisfailover.internal.cli;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.JedisClientConfig;

/**
 * Which deployment, and how to get in.
 *
 * @param monitors as they were named; none if they were not
 * @param nodes as they were named
 * @param settings the same for the library's builders, without monitors and nodes
 */
record Target(
    String group,
    List<NodeAddress> monitors,
    List<NodeAddress> nodes,
    JedisClientConfig nodeLogin,
    JedisClientConfig monitorLogin,
    Map<String, String> settings,
    int timeoutMillis) {
  /** Without passwords. */
  @Override
  public String toString() {
    return "Target[" + group + " " + monitors + " " + nodes + "]";
  }
}
