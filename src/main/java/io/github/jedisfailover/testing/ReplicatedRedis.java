package io.github.jedisfailover.testing;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.internal.runtime.AtExit;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * A real Redis for tests of failovers: one master, its replicas and the monitors that watch them,
 * on free ports of this machine, started in about two seconds and gone without a trace when closed.
 *
 * <pre>{@code
 * try (ReplicatedRedis redis = ReplicatedRedis.start();
 *     RedisFailoverClient client = redis.clientBuilder().build()) {
 *   client.set("order:1", "paid");
 *   RedisNode old = redis.killMaster();
 *   client.set("order:2", "paid"); // waits for the next master
 *   redis.awaitMasterOtherThan(old);
 *   redis.heal(); // the old one is back, as a replica
 * }
 * }</pre>
 *
 * <p>The servers are the redis-server that {@link RedisBinary#find} finds, one process each; the
 * monitors run in this JVM. Faults are done to a {@link RedisNode}, to the monitors ({@link
 * LocalVoter#stop()}) or, of the whole, here. What is awaited is awaited for at most 90 s (a
 * monitor that was starved of CPU sits out 30 s before it judges again), and then fails with what
 * every node and every monitor says.
 *
 * <p>Nothing is left behind: processes, directories and rules of iptables go with {@link #close()},
 * or with the JVM, by SIGTERM too; only a JVM that is itself killed with SIGKILL cannot clean up.
 * Faults by one thread at a time; what is asked, and {@link #close()}, from any.
 */
public final class ReplicatedRedis implements AutoCloseable {
  private final String masterName;
  private final RedisServers servers;
  private final RedisGroup group;
  private final LocalMonitors monitors;
  private final Optional<Partition> partition;
  private final Optional<String> password;
  private final AtExit atExit;
  private final ReentrantLock lock = new ReentrantLock();
  private RedisFailoverClient client;

  ReplicatedRedis(
      ReplicatedRedisBuilder settings,
      RedisServers servers,
      RedisGroup group,
      LocalMonitors monitors,
      Optional<Partition> partition) {
    this.masterName = settings.masterName();
    this.password = settings.password();
    this.servers = servers;
    this.group = group;
    this.monitors = monitors;
    this.partition = partition;
    this.atExit = AtExit.run("end-replicated-redis", this::end);
  }

  /**
   * A master, two replicas and three monitors; ready for its first failover when this returns.
   *
   * @return the running whole
   * @throws IllegalStateException if there is no redis-server, or it does not start: says why
   */
  public static ReplicatedRedis start() {
    return builder().start();
  }

  /**
   * Other numbers, ports, time-outs, a password, partitions.
   *
   * @return a builder with the defaults
   */
  public static ReplicatedRedisBuilder builder() {
    return new ReplicatedRedisBuilder();
  }

  /**
   * The name of the group, as clients and monitors know it.
   *
   * @return {@code mymaster} by default
   */
  public String masterName() {
    return masterName;
  }

  /**
   * What servers ask of clients.
   *
   * @return empty: nothing
   */
  public Optional<String> password() {
    return password;
  }

  /**
   * Which program runs, and from where.
   *
   * @return path, version and origin
   */
  public RedisBinary binary() {
    return servers.binary();
  }

  /**
   * All nodes, dead ones too, the first master first.
   *
   * @return the same for the whole life
   */
  public List<RedisNode> nodes() {
    return group.nodes();
  }

  /**
   * The nodes as a group, for what is asked of the nodes alone.
   *
   * @return the same for the whole life
   */
  public RedisGroup group() {
    return group;
  }

  /**
   * The only living node that calls itself a master.
   *
   * @return the master
   * @throws IllegalStateException if there are none or several: says what each node says
   */
  public RedisNode master() {
    return group.master();
  }

  /**
   * All living nodes that call themselves a replica.
   *
   * @return those that answer
   */
  public List<RedisNode> replicas() {
    return group.replicas();
  }

  /**
   * The monitors, which can be stopped and started one by one.
   *
   * @return the same for the whole life
   */
  public List<LocalVoter> monitors() {
    return monitors.voters();
  }

  /**
   * Where the monitors serve clients of Sentinels, in any language.
   *
   * @return for a client's list of Sentinels
   */
  public List<NodeAddress> monitorAddresses() {
    return monitors.addresses();
  }

  /**
   * All this as one setting, for an application under test: {@code
   * redis+failover://:secret@127.0.0.1:12001,127.0.0.1:12002/0?masterName=mymaster&monitors=...}.
   *
   * @return for {@code uri(..)} of the client's builder
   */
  public String uri() {
    return "redis+failover://"
        + password.map(p -> ":" + PercentEncoding.of(p) + "@").orElse("")
        + joined(group.nodes().stream().map(RedisNode::address).toList())
        + "/0?masterName="
        + masterName
        + "&monitors="
        + joined(monitors.addresses());
  }

  private static String joined(List<NodeAddress> addresses) {
    return addresses.stream().map(NodeAddress::toString).collect(Collectors.joining(","));
  }

  /**
   * A client that follows the monitors, with Jedis' defaults otherwise; made when first asked for
   * and closed with this.
   *
   * @return the same each time
   */
  public RedisFailoverClient client() {
    lock.lock();
    try {
      if (client == null) {
        client = clientBuilder().build();
      }
      return client;
    } finally {
      lock.unlock();
    }
  }

  Optional<RedisFailoverClient> openClient() {
    lock.lock();
    try {
      return Optional.ofNullable(client);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A builder of clients of one's own, with nodes, name, password and monitors set. A {@code
   * clientConfig} of one's own must bring the {@link #password()}.
   *
   * @return a new builder each time; who builds closes
   */
  public RedisFailoverClient.Builder clientBuilder() {
    return RedisFailoverClient.builder()
        .masterName(masterName)
        .nodes(group.addresses())
        .clientConfig(servers.access().client().build())
        .monitor(monitors.observer());
  }

  /**
   * SIGKILL to the present master.
   *
   * @return the node that was killed
   * @throws IllegalStateException if there is not exactly one master
   */
  public RedisNode killMaster() {
    RedisNode master = master();
    master.kill();
    return master;
  }

  /**
   * SIGSTOP to the present master.
   *
   * @return the node that was frozen
   * @throws IllegalStateException if there is not exactly one master
   */
  public RedisNode freezeMaster() {
    RedisNode master = master();
    master.freeze();
    return master;
  }

  /**
   * Makes the present master a replica of one of its replicas, behind the monitors' back: nobody
   * takes writes until the monitors notice, or {@link #heal()}.
   *
   * @return the node that was demoted
   * @throws IllegalStateException if there is not exactly one master, or no replica
   */
  public RedisNode demoteMaster() {
    RedisNode master = master();
    RedisNode replica =
        replicas().stream()
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no replica. " + dump()));
    master.replicaOf(replica);
    return master;
  }

  /**
   * A planned switch to the best replica, which loses nothing; over when this returns.
   *
   * @return the new master
   * @throws io.github.jedisfailover.exceptions.SwitchoverFailedException with the reason
   * @throws IllegalStateException if all monitors are stopped
   */
  public RedisNode switchover() {
    RedisNode old = master();
    runningMonitor().monitor().switchover(masterName);
    well().awaitFailoverEnded();
    return awaitMasterOtherThan(old);
  }

  /**
   * A planned switch to this replica, which loses nothing; over when this returns.
   *
   * @param target a replica
   * @throws io.github.jedisfailover.exceptions.SwitchoverFailedException with the reason
   * @throws IllegalStateException if all monitors are stopped
   */
  public void switchover(RedisNode target) {
    runningMonitor().monitor().switchover(masterName, target.address());
    well().awaitFailoverEnded();
  }

  private LocalVoter runningMonitor() {
    return monitors().stream()
        .filter(LocalVoter::isRunning)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("all monitors are stopped. " + dump()));
  }

  /**
   * Cuts this node off from all others, from the monitors and from the clients, in both directions:
   * packets are dropped. Until {@link #heal()}.
   *
   * @param node to isolate
   * @throws IllegalStateException without {@code partitions()} in the builder
   */
  public void isolate(RedisNode node) {
    cuts().around(node.address().host());
  }

  /**
   * Cuts these two nodes off from each other; monitors and clients reach both. Until {@link
   * #heal()}.
   *
   * @param one a node
   * @param other another one
   * @throws IllegalStateException without {@code partitions()} in the builder
   */
  public void cut(RedisNode one, RedisNode other) {
    cuts().between(one.address().host(), other.address().host());
  }

  private Partition cuts() {
    return partition.orElseThrow(
        () ->
            new IllegalStateException(
                "partitions need ReplicatedRedis.builder().partitions(): each node then has an"
                    + " address of its own"));
  }

  /**
   * Waits until there is exactly one master, it is not this node, and all running monitors and
   * {@link #client()} know it. Other clients hear of it some milliseconds later.
   *
   * @param old the master before
   * @return the new master
   * @throws IllegalStateException after 90 s, with {@link #dump()}
   */
  public RedisNode awaitMasterOtherThan(RedisNode old) {
    return well().awaitMasterOtherThan(old);
  }

  /**
   * Waits until every living replica copies the present master and has its newest write.
   *
   * @throws IllegalStateException after 90 s, with {@link #dump()}
   */
  public void awaitReplicasInSync() {
    well().awaitReplicasInSync();
  }

  /**
   * Waits until all is as after the start: all nodes live, one is the master, the others copy it,
   * all monitors run, agree on it, and no failover is under way.
   *
   * @throws IllegalStateException after 90 s, with {@link #dump()}
   */
  public void awaitAllWell() {
    well().awaitAllWell();
  }

  /**
   * Ends all faults and waits until all is well again: cuts, slowness, frozen and dead nodes,
   * stopped monitors, roles that somebody changed behind the monitors' back. The monitors finish
   * what they have begun first. Data is not restored: a dead node comes back as a replica. Takes
   * some milliseconds if all is well.
   *
   * @throws IllegalStateException after 90 s, with {@link #dump()}
   */
  public void heal() {
    partition.ifPresent(Partition::heal);
    well().heal();
  }

  private Wellness well() {
    return new Wellness(this, monitors);
  }

  /** Deletes all data, at the master and, when this returns, at all living replicas. */
  public void flushAll() {
    master().command("FLUSHALL");
    awaitReplicasInSync();
  }

  /**
   * What every node and every monitor says, for error messages and bug reports.
   *
   * @return one line each
   */
  public String dump() {
    return binary() + "\n" + group.describe() + "\n" + monitors.describe(masterName);
  }

  /** Ends clients, monitors, servers and cuts, and deletes all files. Later calls do nothing. */
  @Override
  public void close() {
    end();
    atExit.cancel();
  }

  private void end() {
    lock.lock();
    try {
      if (client != null) {
        client.close();
      }
    } finally {
      lock.unlock();
    }
    monitors.close();
    servers.close();
    partition.ifPresent(Partition::close);
  }
}
