package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.monitor.net.LinkSocket;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.Optional;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/**
 * How an observer connects to the voters, and about which group.
 *
 * @param password what the voters want, if they want one
 */
record VoterAccess(String masterName, Optional<String> password) {
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
    return DefaultJedisClientConfig.builder()
        .connectionTimeoutMillis(TIMEOUT_MILLIS)
        .socketTimeoutMillis(silenceMillis)
        .clientName(name)
        .password(password.orElse(null))
        .autoNegotiateProtocol(false)
        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
        .build();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "VoterAccess[" + masterName + "]";
  }
}
