package io.github.jedisfailover.testing;

import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.internal.runtime.Entropy;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The settings of a {@link ReplicatedRedis}. Each setter checks its own value. Not thread-safe. */
public final class ReplicatedRedisBuilder {
  private final List<FailoverListener> listeners = new ArrayList<>();
  private final List<String> serverArguments = new ArrayList<>();
  private String masterName = LocalMonitors.NAME;
  private Optional<String> password = Optional.empty();
  private Access access = Access.OPEN;
  private int replicas = 2;
  private int monitors = 3;
  private int quorum;
  private Duration downAfter = Duration.ofSeconds(1);
  private int firstNodePort;
  private int firstMonitorPort;
  private boolean partitions;

  ReplicatedRedisBuilder() {}

  /**
   * How many replicas; default 2.
   *
   * @param number 0 to 20
   * @return this builder
   * @throws IllegalArgumentException if out of range
   */
  public ReplicatedRedisBuilder replicas(int number) {
    this.replicas = inRange("replicas", number, 0, 20);
    return this;
  }

  /**
   * How many monitors; default 3.
   *
   * @param number 1 to 15
   * @return this builder
   * @throws IllegalArgumentException if out of range
   */
  public ReplicatedRedisBuilder monitors(int number) {
    this.monitors = inRange("monitors", number, 1, 15);
    return this;
  }

  /**
   * How many monitors must call the master down; default the majority.
   *
   * @param votes 1 to the number of monitors
   * @return this builder
   * @throws IllegalArgumentException if out of range
   */
  public ReplicatedRedisBuilder quorum(int votes) {
    this.quorum = inRange("quorum", votes, 1, 15);
    return this;
  }

  /**
   * Silence of a node that makes a monitor call it down; default 1 s. Less makes failovers quicker
   * and, on a busy machine, spurious.
   *
   * @param silence 100 ms to 1 h
   * @return this builder
   * @throws IllegalArgumentException if out of range
   */
  public ReplicatedRedisBuilder downAfter(Duration silence) {
    if (silence.toMillis() < 100 || silence.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("downAfter must be 100 ms..1 h, was " + silence);
    }
    this.downAfter = silence;
    return this;
  }

  /**
   * The name of the group; default {@code mymaster}.
   *
   * @param name printable ASCII characters without spaces or commas
   * @return this builder
   */
  public ReplicatedRedisBuilder masterName(String name) {
    this.masterName = Objects.requireNonNull(name, "masterName");
    return this;
  }

  /**
   * A password that clients, replicas and monitors must show the servers; default none.
   *
   * @param secret not empty
   * @return this builder
   * @throws IllegalArgumentException if it is empty
   */
  public ReplicatedRedisBuilder password(String secret) {
    this.access = Access.password(secret);
    this.password = Optional.of(secret);
    return this;
  }

  /**
   * Anything else that servers ask of their clients, such as TLS; default nothing. Instead of
   * {@link #password}.
   *
   * @param rules arguments of the servers, settings of the clients
   * @return this builder
   */
  public ReplicatedRedisBuilder access(Access rules) {
    this.access = Objects.requireNonNull(rules, "access");
    this.password = Optional.empty();
    return this;
  }

  /**
   * More arguments of each redis-server, for example {@code --min-replicas-to-write}, {@code 1}.
   * Without any there is no persistence but that of {@link RedisNode#restart()}.
   *
   * @param arguments as on its command line
   * @return this builder
   */
  public ReplicatedRedisBuilder serverArguments(String... arguments) {
    serverArguments.addAll(List.of(arguments));
    return this;
  }

  /**
   * Ports to use if they are free, counted up from these; default: any that are free.
   *
   * @param firstNode of the first node, 1024 to 65000
   * @param firstMonitor of the first monitor, 1024 to 65000
   * @return this builder
   * @throws IllegalArgumentException if out of range
   */
  public ReplicatedRedisBuilder preferredPorts(int firstNode, int firstMonitor) {
    this.firstNodePort = inRange("firstNode", firstNode, 1024, 65_000);
    this.firstMonitorPort = inRange("firstMonitor", firstMonitor, 1024, 65_000);
    return this;
  }

  /**
   * Each node has an address 127.x.y.z of its own, so that {@link ReplicatedRedis#isolate} and
   * {@link ReplicatedRedis#cut} can cut it off. Needs Linux, root and iptables: {@link #start()}
   * says so where they are not there.
   *
   * @return this builder
   */
  public ReplicatedRedisBuilder partitions() {
    this.partitions = true;
    return this;
  }

  /**
   * Adds a listener of all monitors; their events name the monitor as {@code monitor-<port>}.
   *
   * @param listener hears of failovers, on the monitors' event threads
   * @return this builder
   */
  public ReplicatedRedisBuilder listener(FailoverListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  String masterName() {
    return masterName;
  }

  Optional<String> password() {
    return password;
  }

  private static int inRange(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be " + least + ".." + most + ", was " + value);
    }
    return value;
  }

  /**
   * Starts servers and monitors and waits until they are ready for a first failover. If a step
   * fails, whatever was started is ended again.
   *
   * @return the running whole
   * @throws IllegalArgumentException if the quorum is greater than the number of monitors
   * @throws UnsupportedOperationException if {@link #partitions()} are not possible here
   * @throws IllegalStateException if there is no redis-server, or it does not start: says why
   */
  public ReplicatedRedis start() {
    Optional<Partition> partition =
        partitions ? Optional.of(Partition.open()) : Optional.<Partition>empty();
    try {
      RedisServers servers = RedisServers.open(access);
      try {
        return start(servers, partition);
      } catch (RuntimeException | Error e) {
        servers.close();
        throw e;
      }
    } catch (RuntimeException | Error e) {
      partition.ifPresent(Partition::close);
      throw e;
    }
  }

  private ReplicatedRedis start(RedisServers servers, Optional<Partition> partition) {
    String[] arguments = serverArguments.toArray(String[]::new);
    RedisGroup group = RedisGroup.launch(servers, nodeAddresses(servers.ports()), arguments);
    // While the servers come up.
    LocalMonitors voters = monitors(servers);
    try {
      group.connect();
      voters.watch(masterName, group);
      ReplicatedRedis redis = new ReplicatedRedis(this, servers, group, voters, partition);
      redis.awaitAllWell();
      return redis;
    } catch (RuntimeException | Error e) {
      voters.close();
      throw e;
    }
  }

  private LocalMonitors monitors(RedisServers servers) {
    List<NodeAddress> addresses = new ArrayList<>();
    for (int i = 0; i < monitors; i++) {
      addresses.add(address(servers.ports(), RedisServers.LOOPBACK, firstMonitorPort, i));
    }
    LocalMonitors.Builder builder =
        LocalMonitors.builder(servers).addresses(addresses).downAfter(downAfter);
    if (quorum > 0) {
      builder.quorum(quorum);
    }
    listeners.forEach(builder::listener);
    return builder.start();
  }

  private List<NodeAddress> nodeAddresses(FreePorts ports) {
    // A network of chance: tests that run at the same time must not cut each other's nodes off.
    String network = "127." + Entropy.between(1, 254) + "." + Entropy.between(1, 254) + ".";
    List<NodeAddress> addresses = new ArrayList<>();
    for (int i = 0; i <= replicas; i++) {
      String host = partitions ? network + (i + 1) : RedisServers.LOOPBACK;
      addresses.add(address(ports, host, firstNodePort, i));
    }
    return addresses;
  }

  private static NodeAddress address(FreePorts ports, String host, int first, int index) {
    int port = first == 0 ? ports.any(host) : ports.preferably(host, first + index);
    return new NodeAddress(host, port);
  }
}
