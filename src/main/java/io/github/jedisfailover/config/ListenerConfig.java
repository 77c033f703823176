package io.github.jedisfailover.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a monitor's listener treats those who connect: passwords and users, limits, TLS. Settings
 * that Redis has too bear its names and meanings.
 *
 * <p>Immutable and thread-safe.
 */
public final class ListenerConfig {
  /** No password, no TLS, the default limits. */
  public static final ListenerConfig DEFAULT = builder().build();

  private final List<String> bind;
  private final String requirePass;
  private final List<String> users;
  private final Path aclFile;
  private final int aclLogMaxLen;
  private final boolean protectedMode;
  private final int maxClients;
  private final Duration timeout;
  private final int maxRequestBytes;
  private final int maxArguments;
  private final PubSubBuffer pubSubBuffer;
  private final ListenerTls tls;

  private ListenerConfig(Builder b) {
    this.bind = b.bind;
    this.requirePass = b.requirePass;
    this.users = b.users;
    this.aclFile = b.aclFile;
    this.aclLogMaxLen = b.aclLogMaxLen;
    this.protectedMode = b.protectedMode;
    this.maxClients = b.maxClients;
    this.timeout = b.timeout;
    this.maxRequestBytes = b.maxRequestBytes;
    this.maxArguments = b.maxArguments;
    this.pubSubBuffer = b.pubSubBuffer;
    this.tls = b.tls;
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
   * Redis' {@code bind}.
   *
   * @return hosts to listen on; empty: that of the {@code listen} address
   */
  public List<String> bind() {
    return bind;
  }

  /**
   * Redis' {@code requirepass}.
   *
   * @return empty if the default user needs no password
   */
  public Optional<String> requirePass() {
    return Optional.ofNullable(requirePass);
  }

  /**
   * Redis' {@code user} lines.
   *
   * @return each as in an ACL file, without the word {@code user}
   */
  public List<String> users() {
    return users;
  }

  /**
   * Redis' {@code aclfile}.
   *
   * @return empty if there is none
   */
  public Optional<Path> aclFile() {
    return Optional.ofNullable(aclFile);
  }

  /**
   * Redis' {@code acllog-max-len}.
   *
   * @return most entries of ACL LOG
   */
  public int aclLogMaxLen() {
    return aclLogMaxLen;
  }

  /**
   * Redis' {@code protected-mode}.
   *
   * @return whether strangers are refused while no password is set
   */
  public boolean protectedMode() {
    return protectedMode;
  }

  /**
   * Redis' {@code maxclients}.
   *
   * @return most connections at a time
   */
  public int maxClients() {
    return maxClients;
  }

  /**
   * Redis' {@code timeout}.
   *
   * @return silence after which a connection without subscriptions ends; zero: never
   */
  public Duration timeout() {
    return timeout;
  }

  /**
   * Longest request.
   *
   * @return bytes, those of the protocol included
   */
  public int maxRequestBytes() {
    return maxRequestBytes;
  }

  /**
   * Most arguments of a request.
   *
   * @return the number, the command included
   */
  public int maxArguments() {
    return maxArguments;
  }

  /**
   * Redis' {@code client-output-buffer-limit pubsub}.
   *
   * @return the limits
   */
  public PubSubBuffer pubSubBuffer() {
    return pubSubBuffer;
  }

  /**
   * The port that speaks TLS.
   *
   * @return empty if there is none
   */
  public Optional<ListenerTls> tls() {
    return Optional.ofNullable(tls);
  }

  /** Collects the settings; each setter checks its own value. Not thread-safe. */
  public static final class Builder {
    private List<String> bind = List.of();
    private String requirePass;
    private List<String> users = List.of();
    private Path aclFile;
    private int aclLogMaxLen = 128;
    private boolean protectedMode;
    private int maxClients = 1024;
    private Duration timeout = Duration.ofMinutes(10);
    private int maxRequestBytes = 64 * 1024;
    private int maxArguments = 64;
    private PubSubBuffer pubSubBuffer = PubSubBuffer.DEFAULT;
    private ListenerTls tls;

    private Builder() {}

    /**
     * Hosts to listen on, all with the port of the {@code listen} address. Default: that address
     * alone.
     *
     * @param hosts names or numeric addresses of this machine; {@code 0.0.0.0} for all
     * @return this builder
     */
    public Builder bind(String... hosts) {
      this.bind = List.of(hosts);
      return this;
    }

    /**
     * Password of the default user; default none. It is also what this JVM shows to the voters: the
     * same one in all JVMs of the group.
     *
     * @param password the password, in clear text; kept as a hash once the monitor runs
     * @return this builder
     * @throws IllegalArgumentException if empty, as a variable that is not set often is
     */
    public Builder requirePass(String password) {
      if (password.isEmpty()) {
        throw new IllegalArgumentException(
            "requirePass must be 1 or more characters (not set: no password), was empty");
      }
      this.requirePass = password;
      return this;
    }

    /**
     * Further users, each as in an ACL file without the word {@code user}: {@code watcher on
     * >secret +sentinel|masters &*}. Checked when the monitor starts. Not together with {@link
     * #aclFile}.
     *
     * @param lines name and rules
     * @return this builder
     */
    public Builder users(String... lines) {
      this.users = List.of(lines);
      return this;
    }

    /**
     * File with all users, for ACL LOAD and ACL SAVE; read at the start if it exists.
     *
     * @param file the file
     * @return this builder
     */
    public Builder aclFile(Path file) {
      this.aclFile = Objects.requireNonNull(file, "aclFile");
      return this;
    }

    /**
     * Most entries of ACL LOG, 0 to 10,000; default 128.
     *
     * @param entries the number
     * @return this builder
     * @throws IllegalArgumentException if out of range
     */
    public Builder aclLogMaxLen(int entries) {
      this.aclLogMaxLen = Checks.between("aclLogMaxLen", entries, 0, 10_000);
      return this;
    }

    /**
     * Whether connections from other machines are refused as long as the default user has no
     * password. Default {@code false}, as for a Sentinel: the other voters are such connections.
     *
     * @param on whether
     * @return this builder
     */
    public Builder protectedMode(boolean on) {
      this.protectedMode = on;
      return this;
    }

    /**
     * Most connections at a time, 1 to 10,000; default 1024. Each has a thread of its own.
     *
     * @param clients the number
     * @return this builder
     * @throws IllegalArgumentException if out of range
     */
    public Builder maxClients(int clients) {
      this.maxClients = Checks.between("maxClients", clients, 1, 10_000);
      return this;
    }

    /**
     * Silence after which a connection without subscriptions ends, up to 24 h, in whole seconds;
     * default 10 minutes, zero: never.
     *
     * @param silence the duration
     * @return this builder
     * @throws IllegalArgumentException if out of range
     */
    public Builder timeout(Duration silence) {
      this.timeout = Checks.between("timeout", silence, Duration.ZERO, Duration.ofHours(24));
      return this;
    }

    /**
     * Longest request, 1 KiB to 16 MiB; default 64 KiB. An argument may take a quarter of it.
     *
     * @param bytes those of the protocol included
     * @return this builder
     * @throws IllegalArgumentException if out of range
     */
    public Builder maxRequestBytes(int bytes) {
      this.maxRequestBytes = Checks.between("maxRequestBytes", bytes, 1024, 16 * 1024 * 1024);
      return this;
    }

    /**
     * Most arguments of a request, 10 to 100,000; default 64.
     *
     * @param arguments the command included
     * @return this builder
     * @throws IllegalArgumentException if out of range
     */
    public Builder maxArguments(int arguments) {
      this.maxArguments = Checks.between("maxArguments", arguments, 10, 100_000);
      return this;
    }

    /**
     * What may wait for a subscriber that reads too slowly.
     *
     * @param limits the limits
     * @return this builder
     */
    public Builder pubSubBuffer(PubSubBuffer limits) {
      this.pubSubBuffer = Objects.requireNonNull(limits, "pubSubBuffer");
      return this;
    }

    /**
     * A second port, which speaks TLS.
     *
     * @param settings port and context
     * @return this builder
     */
    public Builder tls(ListenerTls settings) {
      this.tls = Objects.requireNonNull(settings, "tls");
      return this;
    }

    /**
     * Checks the relations between the settings.
     *
     * @return the configuration
     * @throws IllegalArgumentException naming the setting, the rule and the value
     */
    public ListenerConfig build() {
      if (aclFile != null && !(users.isEmpty() && requirePass == null)) {
        throw new IllegalArgumentException(
            "aclFile must not be set together with users or requirePass, was " + aclFile);
      }
      return new ListenerConfig(this);
    }
  }
}
