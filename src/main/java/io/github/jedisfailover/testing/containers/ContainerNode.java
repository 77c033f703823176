package io.github.jedisfailover.testing.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import redis.clients.jedis.HostAndPort;

/**
 * A Redis server or a Sentinel in its container, and what can happen to it. Use these methods, not
 * those of the container or the engine: they know that a container gets another port of the host
 * each time it starts. Thread-safe.
 */
public final class ContainerNode {
  /** Nobody listens there, and a container that starts is not given it. */
  private static final int CLOSED_PORT = 1;

  private final NodeAddress address;
  private final GenericContainer<?> container;
  private volatile HostAndPort outside;

  ContainerNode(NodeAddress address, GenericContainer<?> container) {
    this.address = address;
    this.container = container;
  }

  /**
   * Where it is inside of the containers' network; what it announces, what {@code topology()} and
   * logs have. The same for as long as the group runs.
   *
   * @return address in the network, port of the server
   */
  public NodeAddress address() {
    return address;
  }

  /**
   * Where it is reached from this JVM. Changes with each restart.
   *
   * @return the engine's host and the published port
   * @throws IllegalStateException if the container does not run
   */
  public NodeAddress hostAddress() {
    HostAndPort now = outside();
    if (now.getPort() == CLOSED_PORT) {
      throw new IllegalStateException(address + " does not run");
    }
    return new NodeAddress(now.getHost(), now.getPort());
  }

  /** Where to dial; while it does not run, where the connection is refused at once. */
  HostAndPort outside() {
    return Objects.requireNonNullElseGet(
        outside, () -> new HostAndPort(container.getHost(), CLOSED_PORT));
  }

  /**
   * The container.
   *
   * @return for logs, {@code execInContainer} and the like
   */
  public GenericContainer<?> container() {
    return container;
  }

  /**
   * Whether the server's process is there, frozen or not.
   *
   * @return asked from the engine
   */
  public boolean isRunning() {
    return Boolean.TRUE.equals(state().getRunning());
  }

  /** Whether it can answer. */
  boolean isAwake() {
    ContainerState state = state();
    return Boolean.TRUE.equals(state.getRunning()) && !Boolean.TRUE.equals(state.getPaused());
  }

  private ContainerState state() {
    return container.getCurrentContainerInfo().getState();
  }

  /** Ends the server with SIGKILL, as a crash does. Its files stay. */
  public void kill() {
    docker().killContainerCmd(container.getContainerId()).exec();
    outside = null; // else a container that starts meanwhile may be given the port, and answer
  }

  /** Freezes the server: connections stay open and nothing answers. */
  public void pause() {
    docker().pauseContainerCmd(container.getContainerId()).exec();
  }

  /** Lets a frozen server go on. */
  public void unpause() {
    docker().unpauseContainerCmd(container.getContainerId()).exec();
  }

  /**
   * Starts the server again, with its data and in the role that it had; kills it before if it runs.
   * Returns when the container runs; the server answers a moment later.
   */
  public void restart() {
    if (isRunning()) {
      kill();
    }
    docker().startContainerCmd(container.getContainerId()).exec();
    published();
  }

  private DockerClient docker() {
    return container.getDockerClient();
  }

  /** Looks up the port that the engine gave the container at this start. */
  void published() {
    Ports.Binding[] bindings =
        container
            .getCurrentContainerInfo()
            .getNetworkSettings()
            .getPorts()
            .getBindings()
            .get(ExposedPort.tcp(address.port()));
    // Some engines publish IPv4 and IPv6 at different ports.
    Ports.Binding binding =
        Optional.ofNullable(bindings).map(List::of).stream()
            .flatMap(List::stream)
            .min(Comparator.comparing(ContainerNode::isIpv6))
            .orElseThrow(() -> new IllegalStateException(address + " ended while it started"));
    String host = container.getHost();
    boolean local = host.equals("localhost") && !isIpv6(binding);
    outside =
        new HostAndPort(local ? "127.0.0.1" : host, Integer.parseInt(binding.getHostPortSpec()));
  }

  private static boolean isIpv6(Ports.Binding binding) {
    return Stream.ofNullable(binding.getHostIp()).anyMatch(ip -> ip.indexOf(':') >= 0);
  }

  /** {@code host:port} inside. */
  @Override
  public String toString() {
    return address.toString();
  }
}
