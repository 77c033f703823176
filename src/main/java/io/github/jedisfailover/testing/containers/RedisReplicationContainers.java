package io.github.jedisfailover.testing.containers;

import io.github.jedisfailover.FailoverBuilder;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.testing.containers.GroupSettings.Watch;
import io.github.jedisfailover.topology.NodeAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.HostAndPortMapper;

/**
 * A Redis master and its replicas in containers, watched by monitors in this JVM or by Redis
 * Sentinels in containers, with clients that find their way in.
 *
 * <pre>{@code
 * try (RedisReplicationContainers redis = new RedisReplicationContainers().withReplicas(2)) {
 *   redis.start();
 *   try (RedisFailoverClient client = redis.client()) {
 *     client.set("k", "v");
 *     redis.master().kill();
 *     client.set("k", "w"); // waits for the next master
 *   }
 * }
 * }</pre>
 *
 * <p>It is a Testcontainers container itself, the one of the first master, and starts and stops the
 * others with it: so {@code @Container} and Spring Boot's {@code @ServiceConnection} take it.
 * {@code start()} returns when all replicas have their copy and all who watch know each other: what
 * is killed then is failed over. The nodes have a network of their own ({@link #getNetwork()}).
 *
 * <p>Set everything before the start; then thread-safe.
 */
public final class RedisReplicationContainers extends GenericContainer<RedisReplicationContainers> {
  /** Public image that is used unless one is named. */
  private static final String DEFAULT_IMAGE = "redis:7.2";

  private final DockerImageName image;
  private GroupSettings settings = GroupSettings.DEFAULT;
  private volatile GroupServers servers;
  private volatile LocalVoters voters;

  /**
   * A group of the image that the system property {@code jedis-failover.redis.image} or the
   * environment's {@code JEDIS_FAILOVER_REDIS_IMAGE} names, else of {@code redis:7.2}.
   */
  public RedisReplicationContainers() {
    this(DockerImageName.parse(configuredImage()));
  }

  /**
   * A group of this image.
   *
   * @param image with {@code redis-server}, and {@code redis-sentinel} for Sentinels, 6.2 or later
   */
  public RedisReplicationContainers(DockerImageName image) {
    super(image);
    this.image = image;
  }

  static String configuredImage() {
    return Stream.of(
            System.getProperty("jedis-failover.redis.image"),
            System.getenv("JEDIS_FAILOVER_REDIS_IMAGE"))
        .filter(name -> name != null && !name.isBlank())
        .findFirst()
        .orElse(DEFAULT_IMAGE);
  }

  /**
   * How many replicas; default 2.
   *
   * @param replicas 0 to 20
   * @return this group
   * @throws IllegalArgumentException if out of range
   */
  public RedisReplicationContainers withReplicas(int replicas) {
    return with(settings.replicas(replicas));
  }

  /**
   * Has voters in this JVM watch the group; the default, with 3. The last call of this, {@link
   * #withSentinels} and {@link #withStaticNodes} counts.
   *
   * @param monitors 1 to 9
   * @return this group
   * @throws IllegalArgumentException if out of range
   */
  public RedisReplicationContainers withMonitors(int monitors) {
    return with(settings.watchedBy(Watch.MONITORS, watchers("monitors", monitors)));
  }

  /**
   * Has Redis Sentinels in containers watch the group.
   *
   * @param sentinels 1 to 9
   * @return this group
   * @throws IllegalArgumentException if out of range
   */
  public RedisReplicationContainers withSentinels(int sentinels) {
    return with(settings.watchedBy(Watch.SENTINELS, watchers("sentinels", sentinels)));
  }

  /**
   * Has nobody watch the group: clients have {@code staticNodes()}, and {@code promote} makes
   * another master.
   *
   * @return this group
   */
  public RedisReplicationContainers withStaticNodes() {
    return with(settings.watchedBy(Watch.NOBODY, 0));
  }

  private static int watchers(String setting, int number) {
    return GroupSettings.between(setting, number, 1, GroupSettings.MOST_WATCHERS);
  }

  /**
   * How many monitors or Sentinels must call the master down; default the majority.
   *
   * @param quorum 1 to their number
   * @return this group
   * @throws IllegalArgumentException if out of range; above their number: from {@code start()}
   */
  public RedisReplicationContainers withQuorum(int quorum) {
    return with(settings.quorum(quorum));
  }

  /**
   * Silence after which a node is down; default 1 s.
   *
   * @param downAfter 100 ms to 1 h, in whole milliseconds
   * @return this group
   * @throws IllegalArgumentException if out of range
   */
  public RedisReplicationContainers withDownAfter(Duration downAfter) {
    return with(settings.downAfter(downAfter));
  }

  /**
   * Password of all nodes; default none. Sentinels and monitors ask for none.
   *
   * @param password of printable ASCII characters
   * @return this group
   * @throws IllegalArgumentException if it has others, or none
   */
  public RedisReplicationContainers withPassword(String password) {
    return with(settings.password(password));
  }

  /**
   * Name of the group; default {@code mymaster}.
   *
   * @param masterName of letters, digits, {@code .}, {@code _} and {@code -}
   * @return this group
   * @throws IllegalArgumentException if it has other characters
   */
  public RedisReplicationContainers withMasterName(String masterName) {
    return with(settings.masterName(masterName));
  }

  private RedisReplicationContainers with(GroupSettings changed) {
    if (servers != null) {
      throw new IllegalStateException("settings must be made before the start; the group runs");
    }
    settings = changed;
    return this;
  }

  /**
   * Starts everything and waits until the group is complete, at most a minute.
   *
   * @throws IllegalArgumentException if settings contradict each other
   * @throws RuntimeException if there is no engine, or the image cannot be had or does not start;
   *     what was started is stopped again
   */
  @Override
  public void start() {
    if (servers != null) {
      return;
    }
    settings.checked();
    servers = new GroupServers(settings, image, this);
    try {
      super.start();
      startOthers();
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  /** Those who watch start last: a Sentinel looks for replicas when it starts, and 10 s later. */
  private void startOthers() {
    GroupState state = new GroupState(settings);
    servers.startReplicas();
    state.awaitCopies(nodes());
    servers.startSentinels();
    if (settings.watch() == Watch.MONITORS) {
      voters = LocalVoters.start(settings, groupConfig());
      state.awaitVotes(voters);
    }
    state.awaitWatch(watchers());
  }

  /** Stops everything and removes the containers with their data. Later calls do nothing. */
  @Override
  public void stop() {
    GroupServers ending = servers;
    if (voters != null) {
      voters.close();
    }
    if (ending != null) {
      ending.stopOthers();
    }
    super.stop();
    if (ending != null) {
      ending.close();
    }
    voters = null;
    servers = null;
  }

  private FailoverConfig groupConfig() {
    DefaultJedisClientConfig.Builder connections =
        DefaultJedisClientConfig.builder().hostAndPortMapper(addressMapper());
    settings.password().ifPresent(connections::password);
    return FailoverConfig.builder()
        .masterName(settings.masterName())
        .nodes(addresses(nodes()))
        .clientConfig(connections.build())
        .build();
  }

  private static NodeAddress[] addresses(List<ContainerNode> nodes) {
    return nodes.stream().map(ContainerNode::address).toArray(NodeAddress[]::new);
  }

  /** Who watches the group, where they are dialled. */
  private List<HostAndPort> watchers() {
    return settings.watch() == Watch.MONITORS
        ? voters.addresses().stream().map(a -> new HostAndPort(a.host(), a.port())).toList()
        : sentinels().stream().map(ContainerNode::outside).toList();
  }

  private GroupServers running() {
    if (servers == null) {
      throw new IllegalStateException("the group does not run; start it before");
    }
    return servers;
  }

  /**
   * A client of the group with the defaults.
   *
   * @return a new client, to be closed before the group
   */
  public RedisFailoverClient client() {
    return clientBuilder().build();
  }

  /**
   * A builder of clients of the group.
   *
   * @return with everything set that {@link #prepare} sets
   */
  public RedisFailoverClient.Builder clientBuilder() {
    return prepare(RedisFailoverClient.builder());
  }

  /**
   * Sets what a client of the group needs: the group's name, nodes, address mapper, password, and
   * the monitors or Sentinels to follow.
   *
   * @param builder of a {@code RedisFailoverClient}, {@code RedisFailover} or {@code
   *     JedisFailoverPool}
   * @param <B> its type
   * @return the builder
   */
  public <B extends FailoverBuilder<B>> B prepare(B builder) {
    builder
        .masterName(settings.masterName())
        .nodes(addresses(nodes()))
        .addressMapper(addressMapper());
    settings.password().ifPresent(p -> builder.settings(Map.of("password", p)));
    return switch (settings.watch()) {
      case MONITORS -> builder.monitor(voters.first());
      case SENTINELS -> builder.sentinels(addresses(sentinels()));
      case NOBODY -> builder.staticNodes();
    };
  }

  /**
   * Where announced addresses are dialled from this JVM; for other Jedis clients too. Follows
   * restarts. The address of a killed node is mapped to a closed port.
   *
   * @return the mapper
   */
  public HostAndPortMapper addressMapper() {
    return running()::outside;
  }

  /**
   * Addresses of the monitors in this JVM, for observers and for clients of Sentinels.
   *
   * @return empty without monitors
   */
  public List<NodeAddress> monitors() {
    running();
    return voters == null ? List.of() : voters.addresses();
  }

  /**
   * Name of the group.
   *
   * @return as set with {@link #withMasterName}
   */
  public String masterName() {
    return settings.masterName();
  }

  /**
   * Password of all nodes.
   *
   * @return empty without
   */
  public Optional<String> password() {
    return settings.password();
  }

  /**
   * The containers of the Sentinels.
   *
   * @return empty without Sentinels
   */
  public List<ContainerNode> sentinels() {
    return List.copyOf(running().sentinels());
  }

  /**
   * The containers of all nodes, the first master first, whatever they are now.
   *
   * @return one more than there are replicas
   */
  public List<ContainerNode> nodes() {
    return List.copyOf(running().nodes());
  }

  /**
   * The node at an address of {@code client.topology()}.
   *
   * @param address inside
   * @return its container
   * @throws IllegalArgumentException if there is none
   */
  public ContainerNode node(NodeAddress address) {
    return nodes().stream()
        .filter(n -> n.address().equals(address))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("must be one of " + nodes() + ", was " + address));
  }

  /**
   * The node that says now that it is the master; all that run are asked.
   *
   * @return its container
   * @throws IllegalStateException if none says so, or more than one, as may be in a failover
   */
  public ContainerNode master() {
    return new GroupState(settings).master(nodes());
  }

  /**
   * The nodes other than {@link #master()}.
   *
   * @return running or not
   * @throws IllegalStateException as {@link #master()}
   */
  public List<ContainerNode> replicas() {
    ContainerNode master = master();
    return nodes().stream().filter(n -> n != master).toList();
  }
}
