package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.monitor.net.LinkConfig;
import io.github.jedisfailover.internal.monitor.net.LinkSocket;
import io.github.jedisfailover.topology.NodeAddress;
import redis.clients.jedis.JedisClientConfig;

/**
 * How an observer connects to the voters, and about which group.
 *
 * @param login credentials, TLS and address mapping
 */
record VoterAccess(String masterName, JedisClientConfig login) {
  static final int TIMEOUT_MILLIS = 1_000;

  /**
   * @param name shown in the voter's CLIENT LIST
   * @param silenceMillis how long a reply or an event may take
   */
  LinkSocket socket(NodeAddress voter, String name, int silenceMillis) {
    return new LinkSocket(voter, config(name, silenceMillis));
  }

  /** Plain RESP2, as Sentinel clients have always spoken. */
  JedisClientConfig config(String name, int silenceMillis) {
    return new LinkConfig(login, name, TIMEOUT_MILLIS, silenceMillis);
  }

  /** Without the credentials. */
  @Override
  public String toString() {
    return "VoterAccess[" + masterName + "]";
  }
}
