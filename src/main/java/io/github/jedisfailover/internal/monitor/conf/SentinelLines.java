package io.github.jedisfailover.internal.monitor.conf;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes {@code sentinel} lines one by one, as {@code sentinelHandleConfiguration} in sentinel.c.
 */
final class SentinelLines {
  private static final Set<String> BEFORE_MONITOR =
      Set.of(
          "announce-ip",
          "announce-port",
          "deny-scripts-reconfig",
          "sentinel-user",
          "sentinel-pass",
          "current-epoch",
          "myid",
          "resolve-hostnames",
          "announce-hostnames");
  private static final String NO_MASTER = "No such master with specified name.";
  private static final String BAD_PORT = "Invalid port number.";
  private static final String UNKNOWN = "Unrecognized sentinel configuration statement.";

  private final Surroundings around;
  private final Map<String, MasterDraft> masters = new LinkedHashMap<>();

  private Optional<String> myId = Optional.empty();
  private long currentEpoch;
  private Optional<String> announceIp = Optional.empty();
  private int announcePort;
  private boolean denyScriptsReconfig = true;
  private boolean resolveHostnames;
  private boolean announceHostnames;
  private Optional<String> user = Optional.empty();
  private Optional<String> pass = Optional.empty();

  SentinelLines(Surroundings around) {
    this.around = around;
  }

  /** 0 for what must be known before a master can be made, 1 for masters, 2 for what needs them. */
  static int pass(String option) {
    if (ConfWords.same(option, "monitor")) {
      return 1;
    }
    return BEFORE_MONITOR.contains(ConfWords.lower(option)) ? 0 : 2;
  }

  /**
   * One line.
   *
   * @param words without {@code sentinel}
   */
  void take(List<String> words) throws Refused {
    // Option and number of words together, as a wrong number has no message of its own.
    String form = ConfWords.lower(words.get(0)) + "/" + words.size();
    switch (form) {
      case "monitor/5" -> monitor(words);
      case "known-sentinel/4" -> {
        // The form of old versions carries no id: ignored, even its master's name.
      }
      case "known-slave/4", "known-replica/4" ->
          master(words).replica(address(words.get(2), words.get(3)), announceHostnames);
      case "known-sentinel/5" ->
          master(words).peer(address(words.get(2), words.get(3)), words.get(4));
      case "notification-script/3" -> {
        MasterDraft master = master(words);
        script(words.get(2), "Notification script seems non existing or non executable.");
        master.notificationScript = Optional.of(words.get(2));
      }
      case "client-reconfig-script/3" -> {
        MasterDraft master = master(words);
        script(words.get(2), "Client reconfiguration script seems non existing or non executable.");
        master.reconfigScript = Optional.of(words.get(2));
      }
      default -> {
        if (words.size() == 2) {
          global(form, words.get(1));
        } else if (MasterDraft.knows(form)) {
          MasterDraft master = master(words);
          master.take(form, words);
          currentEpoch = max(currentEpoch, master.configEpoch);
        } else {
          throw new Refused(UNKNOWN);
        }
      }
    }
  }

  private void global(String form, String value) throws Refused {
    switch (form) {
      case "myid/2" -> {
        if (value.length() != GlobalSettings.ID_LENGTH) {
          throw new Refused("Malformed Sentinel id in myid option.");
        }
        myId = Optional.of(value);
      }
      case "current-epoch/2" -> currentEpoch = max(currentEpoch, CNumbers.strtoull(value));
      case "announce-ip/2" -> announceIp = text(value).or(() -> announceIp);
      case "announce-port/2" -> announcePort = CNumbers.atoi(value);
      case "sentinel-user/2" -> user = text(value).or(() -> user);
      case "sentinel-pass/2" -> pass = text(value).or(() -> pass);
      case "deny-scripts-reconfig/2" ->
          denyScriptsReconfig = yes(value, "deny-scripts-reconfig options");
      case "resolve-hostnames/2" -> resolveHostnames = yes(value, "resolve-hostnames option");
      case "announce-hostnames/2" -> announceHostnames = yes(value, "announce-hostnames option");
      default -> throw new Refused(UNKNOWN);
    }
  }

  /** An empty word says nothing. */
  private static Optional<String> text(String value) {
    return Optional.of(value).filter(v -> !v.isEmpty());
  }

  private static boolean yes(String value, String option) throws Refused {
    String word = ConfWords.lower(value);
    if (!word.equals("yes") && !word.equals("no")) {
      throw new Refused("Please specify yes or no for the " + option + ".");
    }
    return word.equals("yes");
  }

  private static long max(long a, long b) {
    return Long.compareUnsigned(a, b) >= 0 ? a : b;
  }

  private void monitor(List<String> words) throws Refused {
    int quorum = CNumbers.atoi(words.get(4));
    if (quorum <= 0) {
      throw new Refused("Quorum must be 1 or greater.");
    }
    ConfAddress address = address(words.get(2), words.get(3));
    if (address.port() == 0) {
      throw new Refused(BAD_PORT); // the real one starts, and never reaches its master
    }
    String name = words.get(1);
    if (masters.putIfAbsent(name, new MasterDraft(name, address, quorum)) != null) {
      throw new Refused("Duplicate master name.");
    }
  }

  private MasterDraft master(List<String> words) throws Refused {
    MasterDraft master = masters.get(words.get(1));
    if (master == null) {
      throw new Refused(NO_MASTER);
    }
    return master;
  }

  private ConfAddress address(String host, String portWord) throws Refused {
    int port = CNumbers.atoi(portWord);
    if (port < 0 || port > 65535) {
      throw new Refused(BAD_PORT);
    }
    Optional<String> ip = NumericHost.of(host);
    if (ip.isEmpty() && !(resolveHostnames && isName(host))) {
      throw new Refused("Can't resolve instance hostname.");
    }
    return new ConfAddress(host, ip.or(() -> around.resolve(host)).orElse(""), port);
  }

  /** The real one also takes what no name can be, and asks for it for ever. */
  private static boolean isName(String host) {
    return !host.isEmpty() && host.chars().noneMatch(c -> c <= ' ' || c == ',');
  }

  private void script(String path, String message) throws Refused {
    if (!around.executable(path)) {
      throw new Refused(message);
    }
  }

  GlobalSettings globals() {
    return new GlobalSettings(
        myId,
        currentEpoch,
        announceIp,
        announcePort,
        denyScriptsReconfig,
        resolveHostnames,
        announceHostnames,
        user,
        pass);
  }

  List<MasterConf> masters() {
    return masters.values().stream().map(MasterDraft::conf).toList();
  }
}
