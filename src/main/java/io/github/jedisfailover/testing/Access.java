package io.github.jedisfailover.testing;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Objects;
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

  /**
   * Arguments of redis-server. They come after all others, so that they can take back the plain
   * port.
   *
   * @param address of the server
   * @return for example {@code --requirepass}, {@code secret}
   */
  List<String> serverArguments(NodeAddress address);

  /**
   * The settings of a client that is let in.
   *
   * @return a new builder each time
   */
  DefaultJedisClientConfig.Builder client();

  /**
   * One password of the default user, for clients and for replicas.
   *
   * @param password not empty
   * @return the access
   */
  static Access password(String password) {
    Objects.requireNonNull(password, "password");
    if (password.isEmpty()) {
      throw new IllegalArgumentException("password must not be empty");
    }
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
