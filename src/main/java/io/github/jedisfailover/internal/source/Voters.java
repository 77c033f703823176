package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.internal.monitor.net.VoterLogin;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import redis.clients.jedis.HostAndPortMapper;
import redis.clients.jedis.JedisClientConfig;

/**
 * Whom an observer asks: voters of ours or Redis Sentinels, which answer alike.
 *
 * @param addresses as all clients of the group list them
 * @param login credentials, TLS and address mapping; time-outs and protocol are our own
 */
public record Voters(List<NodeAddress> addresses, JedisClientConfig login) {
  public Voters {
    addresses = List.copyOf(addresses);
  }

  /**
   * @param mapper where announced addresses are dialled; {@code null} for themselves
   */
  public static Voters of(MonitorConfig config, HostAndPortMapper mapper) {
    return new Voters(config.voters(), VoterLogin.of(config).hostAndPortMapper(mapper).build());
  }

  VoterAccess access(String masterName) {
    return new VoterAccess(masterName, login);
  }

  /** Without the credentials. */
  @Override
  public String toString() {
    return addresses.toString();
  }
}
