package io.github.jedisfailover.integration.spring;

import io.github.jedisfailover.testing.containers.ContainerNode;
import io.github.jedisfailover.testing.containers.RedisReplicationContainers;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import redis.clients.jedis.HostAndPortMapper;

/** {@code @ServiceConnection} on a group in containers. */
final class ReplicationContainersConnectionDetailsFactory
    extends ContainerConnectionDetailsFactory<
        RedisReplicationContainers, JedisFailoverConnectionDetails> {
  /** Made by Spring Boot. */
  ReplicationContainersConnectionDetailsFactory() {}

  @Override
  protected JedisFailoverConnectionDetails getContainerConnectionDetails(
      ContainerConnectionSource<RedisReplicationContainers> source) {
    return new GroupDetails(source);
  }

  /** Asks the group when it is asked: only then does the group run. */
  private static final class GroupDetails
      extends ContainerConnectionDetails<RedisReplicationContainers>
      implements JedisFailoverConnectionDetails {
    private GroupDetails(ContainerConnectionSource<RedisReplicationContainers> source) {
      super(source);
    }

    @Override
    public List<NodeAddress> nodes() {
      return addresses(getContainer().nodes());
    }

    @Override
    public List<NodeAddress> sentinels() {
      return addresses(getContainer().sentinels());
    }

    private static List<NodeAddress> addresses(List<ContainerNode> containers) {
      return containers.stream().map(ContainerNode::address).toList();
    }

    @Override
    public List<NodeAddress> monitors() {
      return getContainer().monitors();
    }

    @Override
    public Optional<String> masterName() {
      return Optional.of(getContainer().masterName());
    }

    @Override
    public Optional<String> password() {
      return getContainer().password();
    }

    @Override
    public Optional<HostAndPortMapper> addressMapper() {
      return Optional.of(getContainer().addressMapper());
    }
  }
}
