package io.github.jedisfailover.internal.monitor.conf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One monitored master: what an operator sets and what the monitor remembers.
 *
 * @param name its name, case-sensitive
 * @param address where it is; while a failover is past its promotion, the new master's
 * @param options what an operator sets
 * @param memory what must survive a restart
 */
public record MasterConf(String name, ConfAddress address, Options options, Memory memory) {
  public MasterConf {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(memory, "memory");
  }

  /** A master that was just added with {@code SENTINEL MONITOR}. */
  public static MasterConf monitor(String name, ConfAddress address, int quorum) {
    return new MasterConf(name, address, Options.withQuorum(quorum), Memory.NONE);
  }

  public MasterConf withOptions(Options newOptions) {
    return new MasterConf(name, address, newOptions, memory);
  }

  public MasterConf withMemory(ConfAddress newAddress, Memory newMemory) {
    return new MasterConf(name, newAddress, options, newMemory);
  }

  /**
   * Settings of one master; times in milliseconds.
   *
   * @param quorum voters that must call the master down
   * @param downAfterMillis default 30,000
   * @param failoverTimeoutMillis default 180,000
   * @param parallelSyncs default 1; any number is taken from a file, as the real one does
   * @param notificationScript run for each event of level warning
   * @param reconfigScript run when the master moves
   * @param authPass password of master and replicas
   * @param authUser user of master and replicas
   * @param rebootDownAfterMillis default 0: off
   * @param renamedCommands names of commands at master and replicas, in the file's order
   */
  public record Options(
      int quorum,
      long downAfterMillis,
      long failoverTimeoutMillis,
      int parallelSyncs,
      Optional<String> notificationScript,
      Optional<String> reconfigScript,
      Optional<String> authPass,
      Optional<String> authUser,
      long rebootDownAfterMillis,
      Map<String, String> renamedCommands) {
    static final long DOWN_AFTER_MILLIS = 30_000;
    static final long FAILOVER_TIMEOUT_MILLIS = 180_000;
    static final int PARALLEL_SYNCS = 1;

    public Options {
      Objects.requireNonNull(notificationScript, "notificationScript");
      Objects.requireNonNull(reconfigScript, "reconfigScript");
      Objects.requireNonNull(authPass, "authPass");
      Objects.requireNonNull(authUser, "authUser");
      // Map.copyOf would shuffle the lines at every start.
      renamedCommands = Collections.unmodifiableMap(new LinkedHashMap<>(renamedCommands));
    }

    public static Options withQuorum(int quorum) {
      return new Options(
          quorum,
          DOWN_AFTER_MILLIS,
          FAILOVER_TIMEOUT_MILLIS,
          PARALLEL_SYNCS,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          Map.of());
    }

    /** Never shows the password. */
    @Override
    public String toString() {
      return "Options[quorum="
          + quorum
          + ", downAfterMillis="
          + downAfterMillis
          + ", failoverTimeoutMillis="
          + failoverTimeoutMillis
          + ", parallelSyncs="
          + parallelSyncs
          + "]";
    }
  }

  /**
   * What must survive a restart.
   *
   * @param configEpoch epoch of the failover that made this the master; unsigned
   * @param leaderEpoch epoch of the last vote given for this master; unsigned
   * @param replicas every replica ever seen; a promoted one stands here with the old master's
   *     address
   * @param peers every other voter that told its id
   */
  public record Memory(
      long configEpoch, long leaderEpoch, List<ConfAddress> replicas, List<Peer> peers) {
    /** Nothing yet. */
    public static final Memory NONE = new Memory(0, 0, List.of(), List.of());

    public Memory {
      replicas = List.copyOf(replicas);
      peers = List.copyOf(peers);
    }
  }

  /** Another voter and its id. */
  public record Peer(ConfAddress address, String id) {}
}
