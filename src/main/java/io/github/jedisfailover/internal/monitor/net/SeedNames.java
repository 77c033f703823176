package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.topology.NodeAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.JedisClientConfig;

/**
 * Seeds by IP address, as INFO names the nodes: the same node under a name and under an address
 * would be watched, and read from, twice. With TLS the name stays, since the certificate is checked
 * against it; there the nodes must announce their names.
 */
final class SeedNames {
  private static final Logger log = LoggerFactory.getLogger(SeedNames.class);

  private final boolean tls;
  private volatile List<NodeAddress> given;

  SeedNames(FailoverConfig group) {
    JedisClientConfig config = group.clientConfig();
    tls = config.isSsl() || config.getSslOptions() != null;
    given = group.nodes();
  }

  /** Counts from the next look-up on. */
  void replace(List<NodeAddress> seeds) {
    given = List.copyOf(seeds);
  }

  /** Looked up each time: a node that moved has another address under the same name. */
  List<NodeAddress> lookUp() {
    return tls ? given : given.stream().map(SeedNames::numeric).distinct().toList();
  }

  private static NodeAddress numeric(NodeAddress seed) {
    try {
      return new NodeAddress(InetAddress.getByName(seed.host()).getHostAddress(), seed.port());
    } catch (UnknownHostException e) {
      log.debug("seed {} cannot be resolved; it is tried by its name", seed);
      return seed;
    }
  }
}
