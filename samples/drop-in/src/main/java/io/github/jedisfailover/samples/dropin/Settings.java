package io.github.jedisfailover.samples.dropin;

import io.github.jedisfailover.config.MonitorConfig;
import java.util.Set;

/**
 * The settings of an application, for either kind of client.
 *
 * @param host of the one server that a plain client knows
 * @param port of that server
 * @param sentinels {@code host:port} of Sentinels, for a plain {@code JedisSentinelPool}
 * @param nodes {@code host:port} of all servers
 * @param monitor how a failover client finds the master among them
 */
public record Settings(
    String host, int port, Set<String> sentinels, Set<String> nodes, MonitorConfig monitor) {

  /** The servers as an array. */
  public String[] nodeArray() {
    return nodes.toArray(String[]::new);
  }
}
