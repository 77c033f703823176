package io.github.jedisfailover.config;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A set of nodes that are asked before the others.
 *
 * @param text as in the text of a policy
 * @param identity what makes two sets equal
 * @param test whether a node belongs to it
 */
record Near(String text, Object identity, Predicate<NodeAddress> test) {
  static final Near ALL = new Near("", "all", node -> true);

  static Near subnet(String... networks) {
    if (networks.length == 0) {
      throw new IllegalArgumentException("subnet must be 1 or more networks, was none");
    }
    List<Subnet> parsed = Arrays.stream(networks).map(Subnet::parse).toList();
    return new Near(
        "subnet=" + String.join("+", parsed.stream().map(Subnet::toString).toList()),
        parsed,
        node -> parsed.stream().anyMatch(s -> s.contains(node.host())));
  }

  static Near zone(String zone, Map<NodeAddress, String> zones) {
    Objects.requireNonNull(zone, "zone");
    Map<NodeAddress, String> known = Map.copyOf(zones);
    return new Near("zone=" + zone, List.of(zone, known), node -> zone.equals(known.get(node)));
  }

  static Near test(String name, Predicate<NodeAddress> test) {
    Objects.requireNonNull(name, "name");
    return new Near("near=" + name, Objects.requireNonNull(test, "test"), test);
  }

  boolean contains(NodeAddress node) {
    return test.test(node);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Near that && text.equals(that.text) && identity.equals(that.identity);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text, identity);
  }

  @Override
  public String toString() {
    return text;
  }
}
