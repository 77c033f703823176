package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One instance in a reply of {@code SENTINEL MASTER}, {@code REPLICAS} and the like, in RESP2. */
public final class InstanceFields {
  private final Map<String, String> fields = new HashMap<>();

  /**
   * @param reply a flat list of names and values; anything else has no fields
   */
  public InstanceFields(Object reply) {
    if (reply instanceof List<?> flat) {
      for (int i = 0; i + 1 < flat.size(); i += 2) {
        fields.put(Connections.text(flat.get(i)), Connections.text(flat.get(i + 1)));
      }
    }
  }

  /** All instances of a reply that lists several. */
  public static List<InstanceFields> all(Object reply) {
    List<InstanceFields> all = new ArrayList<>();
    if (reply instanceof List<?> list) {
      list.forEach(item -> all.add(new InstanceFields(item)));
    }
    return all;
  }

  public String get(String name, String otherwise) {
    return fields.getOrDefault(name, otherwise);
  }

  public boolean hasFlag(String flag) {
    return Arrays.asList(get("flags", "").split(",")).contains(flag);
  }

  public Optional<NodeAddress> address() {
    return address("ip", "port");
  }

  /** Empty for {@code ?} and port 0: not known yet. */
  public Optional<NodeAddress> address(String host, String port) {
    try {
      return Optional.of(new NodeAddress(get(host, "?"), Integer.parseInt(get(port, "0"))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
