package io.github.jedisfailover.testing.containers;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Network.Ipam;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;

/**
 * A network in which the group's containers have fixed addresses, from the lower half of its
 * subnet. Containers that others attach get theirs from the upper half.
 */
final class InsideNetwork implements AutoCloseable {
  private static final int ATTEMPTS = 5;

  /** The first is the network's own, the second its gateway's. */
  private static final int FIRST = 2;

  private final Network network;
  private final Subnet4 subnet;
  private int given;

  private InsideNetwork(Network network, Subnet4 subnet) {
    this.network = network;
    this.subnet = subnet;
  }

  /**
   * Makes the network.
   *
   * @throws IllegalStateException if the engine gives no subnet
   */
  static InsideNetwork create() {
    for (int i = 1; ; i++) {
      Subnet4 subnet = freeSubnet();
      Network network = withFixedAddresses(subnet);
      try {
        network.getId();
        return new InsideNetwork(network, subnet);
      } catch (DockerException e) {
        // Between the two somebody else was given the same subnet.
        if (i == ATTEMPTS) {
          throw new IllegalStateException("no network could be made in " + subnet, e);
        }
      }
    }
  }

  /**
   * Engines take fixed addresses only in networks whose subnet was asked for, and only they know
   * which are free: so one is made without asking, looked at, and given back.
   */
  private static Subnet4 freeSubnet() {
    try (Network probe = Network.newNetwork()) {
      return DockerClientFactory.instance()
          .client()
          .inspectNetworkCmd()
          .withNetworkId(probe.getId())
          .exec()
          .getIpam()
          .getConfig()
          .stream()
          .map(Ipam.Config::getSubnet)
          .filter(s -> s.indexOf(':') < 0)
          .findFirst()
          .map(Subnet4::parse)
          .orElseThrow(() -> new IllegalStateException("the engine's networks have no IPv4"));
    }
  }

  private static Network withFixedAddresses(Subnet4 subnet) {
    Ipam.Config config =
        new Ipam.Config()
            .withSubnet(subnet.toString())
            .withGateway(subnet.address(1))
            .withIpRange(subnet.upperHalf().toString());
    return Network.builder()
        .createNetworkCmdModifier(c -> c.withIpam(new Ipam().withConfig(config)))
        .build();
  }

  Network network() {
    return network;
  }

  /** An address that no other container has. */
  String nextAddress() {
    return subnet.address(FIRST + given++);
  }

  @Override
  public void close() {
    network.close();
  }
}
