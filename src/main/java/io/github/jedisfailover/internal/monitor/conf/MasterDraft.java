package io.github.jedisfailover.internal.monitor.conf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A master while its lines are being read. */
final class MasterDraft {
  private static final Set<String> FORMS =
      Set.of(
          "down-after-milliseconds/3",
          "failover-timeout/3",
          "parallel-syncs/3",
          "auth-pass/3",
          "auth-user/3",
          "config-epoch/3",
          "leader-epoch/3",
          "master-reboot-down-after-period/3",
          "rename-command/4");

  private final String name;
  private final ConfAddress address;
  private final int quorum;

  private long downAfter = MasterConf.Options.DOWN_AFTER_MILLIS;
  private long failoverTimeout = MasterConf.Options.FAILOVER_TIMEOUT_MILLIS;
  private int parallelSyncs = MasterConf.Options.PARALLEL_SYNCS;
  private long rebootDownAfter;
  private long leaderEpoch;
  private Optional<String> authPass = Optional.empty();
  private Optional<String> authUser = Optional.empty();
  long configEpoch;
  Optional<String> notificationScript = Optional.empty();
  Optional<String> reconfigScript = Optional.empty();

  private final Map<String, String> renamed = new LinkedHashMap<>();
  private final Set<String> renamedNames = new HashSet<>();
  private final List<ConfAddress> replicas = new ArrayList<>();
  private final Set<String> replicaNames = new HashSet<>();
  private final Map<String, MasterConf.Peer> peers = new LinkedHashMap<>();

  MasterDraft(String name, ConfAddress address, int quorum) {
    this.name = name;
    this.address = address;
    this.quorum = quorum;
  }

  /** Whether {@link #take} knows this option with this number of words. */
  static boolean knows(String form) {
    return FORMS.contains(form);
  }

  void take(String form, List<String> words) throws Refused {
    String value = words.get(2);
    switch (form) {
      case "down-after-milliseconds/3" -> downAfter = time(value);
      case "failover-timeout/3" -> failoverTimeout = time(value);
      case "parallel-syncs/3" -> parallelSyncs = CNumbers.atoi(value);
      case "auth-pass/3" -> authPass = Optional.of(value);
      case "auth-user/3" -> authUser = Optional.of(value);
      case "config-epoch/3" -> configEpoch = CNumbers.strtoull(value);
      case "leader-epoch/3" -> leaderEpoch = CNumbers.strtoull(value);
      case "rename-command/4" -> rename(value, words.get(3));
      default -> {
        rebootDownAfter = CNumbers.atoi(value);
        if (rebootDownAfter < 0) {
          throw new Refused("negative time parameter.");
        }
      }
    }
  }

  private static long time(String value) throws Refused {
    int millis = CNumbers.atoi(value);
    if (millis <= 0) {
      throw new Refused("negative or zero time parameter.");
    }
    return millis;
  }

  private void rename(String command, String newName) throws Refused {
    if (!renamedNames.add(ConfWords.lower(command))) {
      throw new Refused("Same command renamed multiple times with rename-command.");
    }
    renamed.put(command, newName);
  }

  /** The real one knows replicas by the address that it announces. */
  void replica(ConfAddress replica, boolean announceHostnames) throws Refused {
    String host = announceHostnames ? replica.host() : replica.ip();
    if (!replicaNames.add(host + ":" + replica.port())) {
      throw new Refused("Duplicate hostname and port for replica.");
    }
    replicas.add(replica);
  }

  void peer(ConfAddress peer, String id) throws Refused {
    if (peers.putIfAbsent(id, new MasterConf.Peer(peer, id)) != null) {
      throw new Refused("Duplicate runid for sentinel.");
    }
  }

  MasterConf conf() {
    return new MasterConf(
        name,
        address,
        new MasterConf.Options(
            quorum,
            downAfter,
            failoverTimeout,
            parallelSyncs,
            notificationScript,
            reconfigScript,
            authPass,
            authUser,
            rebootDownAfter,
            renamed),
        new MasterConf.Memory(configEpoch, leaderEpoch, replicas, List.copyOf(peers.values())));
  }
}
