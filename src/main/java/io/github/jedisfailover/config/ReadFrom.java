package io.github.jedisfailover.config;

import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Which nodes may serve a command that only reads, in which order, and how far behind they may be.
 *
 * <p>A replica copies its master asynchronously: a read from it may miss the newest writes, also
 * the caller's own. A replica takes part only while its link to the master is up (or the master is
 * down) and it is not in its initial synchronisation. Several fit replicas take turns. Writes, and
 * every command that is not known to be a harmless read, go to the master whatever is chosen here.
 *
 * <p>A policy is an order of roles, to which a preference for near nodes and bounds on the lag may
 * be added: {@code ReadFrom.REPLICA_PREFERRED.near("rack 7", inRack7).within(ofMillis(500))}. No
 * node is excluded for being far, only asked later. Immutable and thread-safe.
 */
public final class ReadFrom {
  /** The master only. Reads see all earlier writes; they wait while there is no master. */
  public static final ReadFrom MASTER = plain(Order.MASTER);

  /** The master; while it cannot be reached, a replica. */
  public static final ReadFrom MASTER_PREFERRED = plain(Order.MASTER_PREFERRED);

  /** Replicas only. Fails with {@code ReplicaUnavailableException} when none is fit. */
  public static final ReadFrom REPLICA = plain(Order.REPLICA);

  /** A replica; when none is fit or all fail, the master. The default. */
  public static final ReadFrom REPLICA_PREFERRED = plain(Order.REPLICA_PREFERRED);

  /** Master and fit replicas in turn. */
  public static final ReadFrom ANY = plain(Order.ANY);

  /**
   * The node that answers fastest, master or replica; when it fails, the next fastest. Measured
   * about once a second by the client's own probes while such reads are made; another node takes
   * over when it is faster by a fifth and by 0.1 ms, or when the fastest does not answer. Until
   * something was measured, and for nodes that were not, as {@link #ANY}.
   */
  public static final ReadFrom LOWEST_LATENCY = plain(Order.LOWEST_LATENCY);

  private static final Duration LEAST_LAG = Duration.ofMillis(10);
  private static final Duration MOST_LAG = Duration.ofHours(24);

  /** The roles, in the order in which they are asked. */
  public enum Order {
    /** As {@link ReadFrom#MASTER}. */
    MASTER,
    /** As {@link ReadFrom#MASTER_PREFERRED}. */
    MASTER_PREFERRED,
    /** As {@link ReadFrom#REPLICA}. */
    REPLICA,
    /** As {@link ReadFrom#REPLICA_PREFERRED}. */
    REPLICA_PREFERRED,
    /** As {@link ReadFrom#ANY}. */
    ANY,
    /** As {@link ReadFrom#LOWEST_LATENCY}. */
    LOWEST_LATENCY
  }

  private final Order order;
  private final Near near;
  private final Duration maxLag;
  private final long maxLagBytes;

  private ReadFrom(Order order, Near near, Duration maxLag, long maxLagBytes) {
    this.order = order;
    this.near = near;
    this.maxLag = maxLag;
    this.maxLagBytes = maxLagBytes;
  }

  private static ReadFrom plain(Order order) {
    return new ReadFrom(order, Near.ALL, null, -1);
  }

  /**
   * Nodes in these networks, master or replica, in turn; when none of them is fit or all fail, the
   * others. The same as {@code ANY.inSubnet(..)}.
   *
   * @param networks 1 or more in CIDR form, such as {@code 10.1.0.0/16} or {@code fd00:1::/32}
   * @return the policy
   * @throws IllegalArgumentException if a network is invalid or there is none
   */
  public static ReadFrom subnet(String... networks) {
    return ANY.inSubnet(networks);
  }

  /**
   * Nodes of this zone, master or replica, in turn; when none of them is fit or all fail, the
   * others. The same as {@code ANY.inZone(..)}.
   *
   * @param zone the name
   * @param zones the zone of each node; a node that is missing here is in no zone
   * @return the policy
   */
  public static ReadFrom zone(String zone, Map<NodeAddress, String> zones) {
    return ANY.inZone(zone, zones);
  }

  /**
   * Reads a policy: one of the six names, as {@code REPLICA_PREFERRED} or {@code replicaPreferred},
   * followed by any of {@code ;subnet=10.1.0.0/16+10.2.0.0/16}, {@code ;within=500ms} (or {@code
   * 2s}) and {@code ;withinBytes=65536}. What {@link #toString()} prints can be read again, unless
   * it prefers a zone or uses a predicate.
   *
   * @param text the policy
   * @return the policy
   * @throws IllegalArgumentException naming what is wrong and what is allowed
   */
  public static ReadFrom parse(String text) {
    return ReadFromText.parse(text);
  }

  /**
   * The same order, with nodes in these networks before the others.
   *
   * <p>Compared with the address under which the client knows a node, which is not looked up: a
   * node known by a host name is in no network. Use {@link #inZone} or {@link #near} for those.
   *
   * @param networks 1 or more in CIDR form
   * @return the policy
   * @throws IllegalArgumentException if a network is invalid or there is none
   */
  public ReadFrom inSubnet(String... networks) {
    return with(Near.subnet(networks));
  }

  /**
   * The same order, with nodes of this zone before the others.
   *
   * @param zone the name
   * @param zones the zone of each node; a node that is missing here is in no zone
   * @return the policy
   */
  public ReadFrom inZone(String zone, Map<NodeAddress, String> zones) {
    return with(Near.zone(zone, zones));
  }

  /**
   * The same order, with the nodes that pass the test before the others.
   *
   * @param name for messages
   * @param test asked after changes of the topology, also under a lock: it must be quick, not wait,
   *     be thread-safe and always answer the same for the same node
   * @return the policy
   */
  public ReadFrom near(String name, Predicate<NodeAddress> test) {
    return with(Near.test(name, test));
  }

  private ReadFrom with(Near nodes) {
    if (order == Order.LOWEST_LATENCY) {
      throw new IllegalArgumentException(
          "a preference for near nodes must follow another policy than LOWEST_LATENCY, which has"
              + " its own order, was "
              + nodes);
    }
    return new ReadFrom(order, nodes, maxLag, maxLagBytes);
  }

  /**
   * The same order, but no replica that may be further behind: what a replica answers contains all
   * that the master had run so long before the answer arrived. A replica takes part only while the
   * client's own probes have proven that (see the guide to reading); the master always does, if the
   * order allows it. While there is no master nothing can be proven, and the bound runs out.
   *
   * @param lag 10 ms to 24 h
   * @return the policy
   * @throws IllegalArgumentException if out of range or if the order allows no replica
   */
  public ReadFrom within(Duration lag) {
    Checks.between("within", lag, LEAST_LAG, MOST_LAG);
    needsReplicas("within");
    return new ReadFrom(order, near, lag, maxLagBytes);
  }

  /**
   * The same order, but no replica that was more bytes of the replication stream behind when it was
   * last measured, at most a second ago. Not as strict as {@link #within}: nothing bounds what the
   * master has written since then.
   *
   * @param bytes 0 or more
   * @return the policy
   * @throws IllegalArgumentException if negative or if the order allows no replica
   */
  public ReadFrom withinBytes(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("withinBytes must be 0 or more, was " + bytes);
    }
    needsReplicas("withinBytes");
    return new ReadFrom(order, near, maxLag, bytes);
  }

  private void needsReplicas(String setting) {
    if (!allowsReplica()) {
      throw new IllegalArgumentException(
          setting + " must follow a policy that reads from replicas, was " + order);
    }
  }

  /**
   * The roles, in the order in which they are asked.
   *
   * @return the order
   */
  public Order order() {
    return order;
  }

  /**
   * Whether this node is asked before others of its turn.
   *
   * @param node the node
   * @return {@code true} for all nodes if no preference was added
   */
  public boolean prefers(NodeAddress node) {
    return near.contains(node);
  }

  /**
   * The bound on a replica's lag in time.
   *
   * @return empty if there is none
   */
  public Optional<Duration> maxLag() {
    return Optional.ofNullable(maxLag);
  }

  /**
   * The bound on a replica's lag in bytes.
   *
   * @return empty if there is none
   */
  public OptionalLong maxLagBytes() {
    return maxLagBytes < 0 ? OptionalLong.empty() : OptionalLong.of(maxLagBytes);
  }

  /**
   * Whether a replica may serve the read at all.
   *
   * @return {@code true} for all but {@link #MASTER}
   */
  public boolean allowsReplica() {
    return order != Order.MASTER;
  }

  /**
   * Whether the master may serve the read at all.
   *
   * @return {@code true} for all but {@link #REPLICA}
   */
  public boolean allowsMaster() {
    return order != Order.REPLICA;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReadFrom that
        && order == that.order
        && near.equals(that.near)
        && Objects.equals(maxLag, that.maxLag)
        && maxLagBytes == that.maxLagBytes;
  }

  @Override
  public int hashCode() {
    return Objects.hash(order, near, maxLag, maxLagBytes);
  }

  /** The order's name, then what was added: {@code REPLICA;subnet=10.1.0.0/16;within=500ms}. */
  @Override
  public String toString() {
    return order
        + (near == Near.ALL ? "" : ";" + near)
        + (maxLag == null ? "" : ";within=" + maxLag.toMillis() + "ms")
        + (maxLagBytes < 0 ? "" : ";withinBytes=" + maxLagBytes);
  }
}
