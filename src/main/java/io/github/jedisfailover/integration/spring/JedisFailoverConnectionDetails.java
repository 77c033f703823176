package io.github.jedisfailover.integration.spring;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import redis.clients.jedis.HostAndPortMapper;

/**
 * Where a group is and how it is followed, when something else than the configuration knows it:
 * containers of a test, say. A bean of this type counts more than {@code jedis-failover.nodes},
 * {@code sentinels}, {@code monitors}, {@code listen}, {@code static-nodes} and {@code
 * address-map}; all other settings stay as configured.
 */
public interface JedisFailoverConnectionDetails extends ConnectionDetails {
  /**
   * Seed nodes, as they announce themselves.
   *
   * @return 1 to 100 different addresses; may be none with {@link #sentinels()}
   */
  List<NodeAddress> nodes();

  /**
   * Redis Sentinels to follow.
   *
   * @return at most 15 different addresses; none by default
   */
  default List<NodeAddress> sentinels() {
    return List.of();
  }

  /**
   * Voters to follow as an observer. With neither these nor {@link #sentinels()} nobody monitors
   * the nodes: {@code static-nodes}.
   *
   * @return at most 15 different addresses; none by default
   */
  default List<NodeAddress> monitors() {
    return List.of();
  }

  /**
   * Name of the master group.
   *
   * @return the name; empty by default: as configured
   */
  default Optional<String> masterName() {
    return Optional.empty();
  }

  /**
   * User at the nodes; needs a {@link #password()}.
   *
   * @return the name; empty by default: as configured
   */
  default Optional<String> username() {
    return Optional.empty();
  }

  /**
   * Password at the nodes.
   *
   * @return the password; empty by default: as configured
   */
  default Optional<String> password() {
    return Optional.empty();
  }

  /**
   * Where announced addresses are dialled.
   *
   * @return the mapper, called at each connect by many threads; empty by default: as announced
   */
  default Optional<HostAndPortMapper> addressMapper() {
    return Optional.empty();
  }
}
