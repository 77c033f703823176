package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import redis.clients.jedis.JedisClientConfig;

/**
 * The master groups of one monitor: how their nodes are reached, who hears of them, and the
 * searches for their masters. Thread-safe.
 */
final class WatchedGroups implements AutoCloseable {
  private final Map<String, Group> groups = new ConcurrentHashMap<>();
  private final Map<String, SeedScan> searches = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private record Group(FailoverConfig config, TopologyFeed feed) {}

  /** Returns {@code false} if the name is taken: the first group with it counts. */
  boolean add(FailoverConfig group) {
    return groups.putIfAbsent(group.masterName(), new Group(group, new TopologyFeed())) == null;
  }

  /** How the application connects to the nodes of a group that was added. */
  JedisClientConfig clientConfig(String masterName) {
    return groups.get(masterName).config().clientConfig();
  }

  /** Looks for a master on a thread of its own; ends with {@link #close()}. */
  void search(String masterName, SeedScan scan, DaemonThreads threads) {
    searches.put(masterName, scan);
    if (closed) {
      scan.close(); // lost a race with closing
    }
    threads.start("seeds-" + masterName, scan);
  }

  /** Other seeds for a search that goes on; a master that is known has named its replicas. */
  void nodes(String masterName, List<NodeAddress> nodes) {
    SeedScan search = searches.get(masterName);
    if (search != null) {
      search.nodes(nodes);
    }
  }

  Runnable subscribe(String masterName, Consumer<TopologySnapshot> sink) {
    Group group = groups.get(masterName);
    if (group == null) {
      throw new IllegalArgumentException("master group " + masterName + " is not watched");
    }
    return group.feed().subscribe(sink);
  }

  void publish(CoreAction.PublishTopology action) {
    Group group = groups.get(action.masterName());
    if (group != null) {
      group.feed().publish(action.snapshot());
    }
  }

  /** Ends the searches; subscribers just hear nothing more. */
  @Override
  public void close() {
    closed = true;
    searches.values().forEach(SeedScan::close);
  }
}
