package io.github.jedisfailover.config;

import io.github.jedisfailover.topology.NodeAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * The embedded monitors of one master group, with the settings and meanings of Redis Sentinel.
 *
 * <p>All JVMs that use the group list the same {@linkplain Builder#voters voters}. A JVM that sets
 * {@link Builder#listen listen} to one of them runs that voter; every other JVM is an observer that
 * follows the voters. The list fixes the majority: processes that come and go do not change it.
 *
 * <p>Immutable and thread-safe.
 */
public final class MonitorConfig {
  private final List<NodeAddress> voters;
  private final NodeAddress listen;
  private final Path stateDirectory;
  private final int quorum;
  private final Duration downAfter;
  private final Duration failoverTimeout;
  private final int parallelSyncs;
  private final ListenerConfig listener;
  private final SSLContext voterTls;
  private final Set<SentinelDeparture> without;

  private MonitorConfig(Builder b) {
    this.voters = b.voters;
    this.listen = b.listen;
    this.stateDirectory = b.stateDirectory;
    this.quorum = b.quorum == 0 ? b.voters.size() / 2 + 1 : b.quorum;
    this.downAfter = b.downAfter;
    this.failoverTimeout = b.failoverTimeout;
    this.parallelSyncs = b.parallelSyncs;
    this.listener = b.listener;
    this.voterTls = b.voterTls;
    this.without = b.without;
  }

  /**
   * A builder with the defaults.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * All voters, this JVM's own included.
   *
   * @return the addresses in the given order
   */
  public List<NodeAddress> voters() {
    return voters;
  }

  /**
   * The voter that this JVM runs.
   *
   * @return empty for an observer
   */
  public Optional<NodeAddress> listen() {
    return Optional.ofNullable(listen);
  }

  /**
   * Where the voter keeps its identity, epochs and votes.
   *
   * @return empty if they are kept in memory only
   */
  public Optional<Path> stateDirectory() {
    return Optional.ofNullable(stateDirectory);
  }

  /**
   * Voters that must call the master down before a failover may start.
   *
   * @return the quorum
   */
  public int quorum() {
    return quorum;
  }

  /**
   * Silence after which a node is subjectively down.
   *
   * @return Sentinel's {@code down-after-milliseconds}
   */
  public Duration downAfter() {
    return downAfter;
  }

  /**
   * Sentinel's {@code failover-timeout}.
   *
   * @return the timeout
   */
  public Duration failoverTimeout() {
    return failoverTimeout;
  }

  /**
   * Sentinel's {@code parallel-syncs}.
   *
   * @return replicas re-pointed at once
   */
  public int parallelSyncs() {
    return parallelSyncs;
  }

  /**
   * How the listener treats those who connect.
   *
   * @return passwords, limits, TLS
   */
  public ListenerConfig listener() {
    return listener;
  }

  /**
   * How voters and observers connect to the voters.
   *
   * @return empty if they connect without TLS
   */
  public Optional<SSLContext> voterTls() {
    return Optional.ofNullable(voterTls);
  }

  /**
   * Where this monitor follows Sentinel's own rules although it could do better.
   *
   * @return what is switched off
   */
  public Set<SentinelDeparture> without() {
    return without;
  }

  /** Collects the settings; each setter checks its own value. Not thread-safe. */
  public static final class Builder {
    private List<NodeAddress> voters = List.of();
    private NodeAddress listen;
    private Path stateDirectory;
    private int quorum;
    private Duration downAfter = Duration.ofSeconds(30);
    private Duration failoverTimeout = Duration.ofSeconds(180);
    private int parallelSyncs = 1;
    private ListenerConfig listener = ListenerConfig.DEFAULT;
    private SSLContext voterTls;
    private Set<SentinelDeparture> without = Set.of();

    private Builder() {}

    /**
     * Sets what belongs to a preset; what is set afterwards counts more.
     *
     * @param preset the preset
     * @return this builder
     */
    public Builder preset(Preset preset) {
      preset.apply(this);
      return this;
    }

    /**
     * All voters of the group, the same list in every JVM. Three that fail independently is the
     * smallest useful number.
     *
     * @param addresses 1 to 15 different addresses
     * @return this builder
     * @throws IllegalArgumentException if an address is given twice or the number is out of range
     */
    public Builder voters(NodeAddress... addresses) {
      Checks.between("voters", addresses.length, 1, 15);
      if (new LinkedHashSet<>(Arrays.asList(addresses)).size() != addresses.length) {
        throw new IllegalArgumentException(
            "voters must be different addresses, was " + Arrays.toString(addresses));
      }
      this.voters = List.of(addresses);
      return this;
    }

    /**
     * As {@link #voters(NodeAddress...)}, each {@code host:port}.
     *
     * @param addresses 1 to 15 different addresses
     * @return this builder
     * @throws IllegalArgumentException if an address is invalid or given twice
     */
    public Builder voters(String... addresses) {
      return voters(Arrays.stream(addresses).map(NodeAddress::parse).toArray(NodeAddress[]::new));
    }

    /**
     * The voter this JVM runs; it listens there for the other voters and for Sentinel clients, and
     * on no other interface. Not set: this JVM is an observer.
     *
     * @param address one of the voters
     * @return this builder
     */
    public Builder listen(NodeAddress address) {
      this.listen = Objects.requireNonNull(address, "listen");
      return this;
    }

    /**
     * As {@link #listen(NodeAddress)}.
     *
     * @param address {@code host:port}, one of the voters
     * @return this builder
     * @throws IllegalArgumentException if the address is invalid
     */
    public Builder listen(String address) {
      return listen(NodeAddress.parse(address));
    }

    /**
     * Directory in which this voter keeps its identity, epochs and votes; created if missing. One
     * directory per voter. Not set: they are kept in memory, and after each start the voter does
     * not vote until it has heard every other voter's current epoch (see the architecture page).
     *
     * @param directory the directory
     * @return this builder
     */
    public Builder stateDirectory(Path directory) {
      this.stateDirectory = Objects.requireNonNull(directory, "stateDirectory");
      return this;
    }

    /**
     * Voters that must call the master down, 1 to the number of voters; default the majority. The
     * failover itself always needs the majority as well.
     *
     * @param quorum Sentinel's quorum
     * @return this builder
     * @throws IllegalArgumentException if less than 1
     */
    public Builder quorum(int quorum) {
      this.quorum = Checks.between("quorum", quorum, 1, 15);
      return this;
    }

    /**
     * Silence after which this monitor calls a node subjectively down, 100 ms to 1 h; default 30 s.
     * Sentinel's {@code down-after-milliseconds}.
     *
     * @param downAfter the duration, in whole milliseconds
     * @return this builder
     * @throws IllegalArgumentException if out of range
     */
    public Builder downAfter(Duration downAfter) {
      this.downAfter =
          Checks.between("downAfter", downAfter, Duration.ofMillis(100), Duration.ofHours(1));
      return this;
    }

    /**
     * Limit of the steps of a failover, 1 s to 24 h; default 180 s. A failed attempt is repeated
     * after twice this time. Sentinel's {@code failover-timeout}.
     *
     * @param failoverTimeout the duration, in whole milliseconds
     * @return this builder
     * @throws IllegalArgumentException if out of range
     */
    public Builder failoverTimeout(Duration failoverTimeout) {
      this.failoverTimeout =
          Checks.between(
              "failoverTimeout", failoverTimeout, Duration.ofSeconds(1), Duration.ofHours(24));
      return this;
    }

    /**
     * Replicas re-pointed to the new master at the same time, 1 to 100; default 1. Sentinel's
     * {@code parallel-syncs}.
     *
     * @param parallelSyncs the number
     * @return this builder
     * @throws IllegalArgumentException if out of range
     */
    public Builder parallelSyncs(int parallelSyncs) {
      this.parallelSyncs = Checks.between("parallelSyncs", parallelSyncs, 1, 100);
      return this;
    }

    /**
     * How the listener treats those who connect; default {@link ListenerConfig#DEFAULT}. An
     * observer takes from it the password that the voters want.
     *
     * @param listener passwords, limits, TLS
     * @return this builder
     */
    public Builder listener(ListenerConfig listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Has voters and observers connect to the voters with TLS; default without. The addresses of
     * the {@code voters} then speak TLS and nothing else: a voter's {@link ListenerTls} has the
     * port of its {@code listen} address. The same setting in all JVMs of the group: voters with
     * and without it do not reach each other.
     *
     * <p>Each certificate must be made for the host in the voter's address.
     *
     * @param context trusts the voters' certificates; with a key of its own if voters ask for
     *     certificates
     * @return this builder
     */
    public Builder voterTls(SSLContext context) {
      this.voterTls = Objects.requireNonNull(context, "voterTls");
      return this;
    }

    /**
     * Switches off departures from Sentinel's rules; default none. {@code
     * SentinelDeparture.values()} makes a monitor that decides exactly as Sentinel does. Counts for
     * a voter, and for all groups that it watches; observers decide nothing.
     *
     * @param departures all that are to be off; replaces those of an earlier call
     * @return this builder
     */
    public Builder without(SentinelDeparture... departures) {
      this.without = Set.copyOf(Arrays.asList(departures));
      return this;
    }

    /**
     * Checks the relations between the settings.
     *
     * @return the configuration
     * @throws IllegalArgumentException naming the setting, the rule and the value
     */
    public MonitorConfig build() {
      if (voters.isEmpty()) {
        throw new IllegalArgumentException("voters must be set: 1..15 addresses, was none");
      }
      if (quorum > voters.size()) {
        throw new IllegalArgumentException(
            "quorum must be 1.." + voters.size() + " (voters), was " + quorum);
      }
      if (listen != null && !voters.contains(listen)) {
        throw new IllegalArgumentException(
            "listen must be one of the voters " + voters + ", was " + listen);
      }
      if (listen == null && stateDirectory != null) {
        throw new IllegalArgumentException(
            "stateDirectory must be set together with listen (an observer keeps no state), was "
                + stateDirectory);
      }
      if (listen != null) {
        checkTlsPort();
      }
      return new MonitorConfig(this);
    }

    private void checkTlsPort() {
      Optional<Integer> tlsPort = listener.tls().map(ListenerTls::port);
      boolean same = tlsPort.filter(port -> port == listen.port()).isPresent();
      if (voterTls != null && !same) {
        throw new IllegalArgumentException(
            "the port of the listener's tls must be that of listen, "
                + listen.port()
                + ", when voterTls is set, was "
                + tlsPort.map(String::valueOf).orElse("not set"));
      }
      if (voterTls == null && same) {
        throw new IllegalArgumentException(
            "voterTls must be set when the port of the listener's tls is that of listen, "
                + listen.port()
                + ", was not set");
      }
    }
  }
}
