package io.github.jedisfailover.testing.containers;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;
import redis.clients.jedis.HostAndPort;

/**
 * The containers of a group: the first master, which somebody else starts and stops, and others.
 */
final class GroupServers implements AutoCloseable {
  private final GroupSettings settings;
  private final InsideNetwork network;
  private final List<ContainerNode> nodes = new ArrayList<>();
  private final List<ContainerNode> sentinels = new ArrayList<>();

  /** Makes the network and prepares the containers; starts none. */
  GroupServers(GroupSettings settings, DockerImageName image, GenericContainer<?> first) {
    this.settings = settings;
    this.network = InsideNetwork.create();
    nodes.add(node(first, Optional.empty()));
    NodeAddress master = nodes.get(0).address();
    for (int i = 0; i < settings.replicas(); i++) {
      nodes.add(node(new GenericContainer<>(image), Optional.of(master)));
    }
    for (int i = 0; i < settings.sentinels(); i++) {
      sentinels.add(sentinel(new GenericContainer<>(image), master));
    }
  }

  private ContainerNode node(GenericContainer<?> container, Optional<NodeAddress> master) {
    ContainerNode node = placed(container, GroupSettings.NODE_PORT);
    String file = ServerFiles.node(settings, node.address(), master);
    container
        .withCopyToContainer(Transferable.of(file), ServerFiles.NODE)
        .withCommand("redis-server", ServerFiles.NODE)
        // Not for the port: asking for it from inside needs a shell, which small images lack.
        .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*", 1));
    return node;
  }

  private ContainerNode sentinel(GenericContainer<?> container, NodeAddress master) {
    ContainerNode sentinel = placed(container, GroupSettings.SENTINEL_PORT);
    String file = ServerFiles.sentinel(settings, sentinel.address(), master);
    container
        .withCopyToContainer(Transferable.of(file), ServerFiles.SENTINEL)
        .withCommand("redis-sentinel", ServerFiles.SENTINEL)
        .waitingFor(Wait.forLogMessage(".*\\+monitor master.*", 1));
    return sentinel;
  }

  private ContainerNode placed(GenericContainer<?> container, int port) {
    String ip = network.nextAddress();
    container
        .withExposedPorts(port)
        .withNetwork(network.network())
        .withCreateContainerCmdModifier(c -> c.withIpv4Address(ip));
    return new ContainerNode(new NodeAddress(ip, port), container);
  }

  /** Starts all replicas, at the same time, when the first master runs. */
  void startReplicas() {
    nodes.get(0).published();
    start(nodes.subList(1, nodes.size()));
  }

  void startSentinels() {
    start(sentinels);
  }

  private static void start(List<ContainerNode> together) {
    Startables.deepStart(together.stream().map(ContainerNode::container)).join();
    together.forEach(ContainerNode::published);
  }

  /** The first master and the replicas, as they started. */
  List<ContainerNode> nodes() {
    return nodes;
  }

  List<ContainerNode> sentinels() {
    return sentinels;
  }

  /** Where what a node or Sentinel announces is dialled; others are left alone. */
  HostAndPort outside(HostAndPort announced) {
    return Stream.concat(nodes.stream(), sentinels.stream())
        .filter(n -> n.address().port() == announced.getPort())
        .filter(n -> n.address().host().equals(announced.getHost()))
        .findFirst()
        .map(ContainerNode::outside)
        .orElse(announced);
  }

  /** Ends all but the first. */
  void stopOthers() {
    Stream.concat(nodes.stream().skip(1), sentinels.stream()).forEach(n -> n.container().stop());
  }

  /** Gives the network back, when the first has ended too. */
  @Override
  public void close() {
    network.close();
  }
}
