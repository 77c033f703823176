package io.github.jedisfailover.testsupport;

import io.github.jedisfailover.testing.Access;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;

/**
 * An ACL user whose password changes while everything runs; the servers among each other are open.
 */
public final class RotatingLogin implements Access {
  public static final String USER = "app";

  private volatile String password = "first";

  @Override
  public List<String> serverArguments(NodeAddress address) {
    return List.of("--user", USER, "on", ">" + password, "~*", "&*", "+@all");
  }

  @Override
  public DefaultJedisClientConfig.Builder client() {
    return DefaultJedisClientConfig.builder()
        .credentialsProvider(() -> new DefaultRedisCredentials(USER, password));
  }

  /** As an administrator would: the new one, then the old one away, then all have to log in. */
  public void rotate(List<RedisNode> nodes, String next) {
    String old = password;
    nodes.forEach(n -> n.command("ACL", "SETUSER", USER, ">" + next));
    password = next;
    nodes.forEach(n -> n.command("ACL", "SETUSER", USER, "<" + old));
    nodes.forEach(n -> n.command("CLIENT", "KILL", "USER", USER));
  }
}
