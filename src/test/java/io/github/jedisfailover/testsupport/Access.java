package io.github.jedisfailover.testsupport;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import redis.clients.jedis.DefaultJedisClientConfig;

/** What servers ask of their clients: the arguments they start with, and what clients need then. */
public interface Access {
  /** No password, no encryption. */
  Access OPEN =
      new Access() {
        @Override
        public List<String> serverArguments(NodeAddress address) {
          return List.of();
        }

        @Override
        public DefaultJedisClientConfig.Builder client() {
          return DefaultJedisClientConfig.builder();
        }
      };

  /** Come after all others, so that they can take back the plain port. */
  List<String> serverArguments(NodeAddress address);

  /** The settings of a client that is let in; a new builder each time. */
  DefaultJedisClientConfig.Builder client();

  /** One password for clients and for replicas. */
  static Access password(String password) {
    return new Access() {
      @Override
      public List<String> serverArguments(NodeAddress address) {
        return List.of("--requirepass", password, "--masterauth", password);
      }

      @Override
      public DefaultJedisClientConfig.Builder client() {
        return DefaultJedisClientConfig.builder().password(password);
      }
    };
  }
}
