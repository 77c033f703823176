package io.github.jedisfailover.testing.containers;

import io.github.jedisfailover.config.MonitorConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * What a group consists of.
 *
 * @param masterName its name
 * @param replicas how many
 * @param watch who monitors it
 * @param watchers how many monitors or Sentinels
 * @param givenQuorum 0: the majority
 * @param downAfter silence after which a node is down
 * @param password of the nodes
 */
record GroupSettings(
    String masterName,
    int replicas,
    Watch watch,
    int watchers,
    int givenQuorum,
    Duration downAfter,
    Optional<String> password) {
  static final int NODE_PORT = 6379;
  static final int SENTINEL_PORT = 26379;
  static final int MOST_REPLICAS = 20;
  static final int MOST_WATCHERS = 9;
  static final GroupSettings DEFAULT =
      new GroupSettings(
          "mymaster", 2, Watch.MONITORS, 3, 0, Duration.ofSeconds(1), Optional.empty());

  /** Who monitors the group. */
  enum Watch {
    /** Voters in this JVM. */
    MONITORS,
    /** Redis Sentinels in containers. */
    SENTINELS,
    NOBODY
  }

  /** Checks the relations. */
  GroupSettings checked() {
    if (watch != Watch.NOBODY && givenQuorum > watchers) {
      throw new IllegalArgumentException(
          "quorum must be 1.." + watchers + " (monitors or Sentinels), was " + givenQuorum);
    }
    return this;
  }

  static int between(String setting, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          setting + " must be " + low + ".." + high + ", was " + value);
    }
    return value;
  }

  int quorum() {
    return givenQuorum == 0 ? watchers / 2 + 1 : givenQuorum;
  }

  int sentinels() {
    return watch == Watch.SENTINELS ? watchers : 0;
  }

  Duration failoverTimeout() {
    return Duration.ofSeconds(10);
  }

  GroupSettings masterName(String name) {
    if (!name.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "masterName must be of letters, digits, '.', '_' and '-', was '" + name + "'");
    }
    return new GroupSettings(name, replicas, watch, watchers, givenQuorum, downAfter, password);
  }

  GroupSettings replicas(int number) {
    int checked = between("replicas", number, 0, MOST_REPLICAS);
    return new GroupSettings(
        masterName, checked, watch, watchers, givenQuorum, downAfter, password);
  }

  GroupSettings watchedBy(Watch who, int number) {
    return new GroupSettings(masterName, replicas, who, number, givenQuorum, downAfter, password);
  }

  GroupSettings quorum(int number) {
    int checked = between("quorum", number, 1, MOST_WATCHERS);
    return new GroupSettings(masterName, replicas, watch, watchers, checked, downAfter, password);
  }

  GroupSettings downAfter(Duration silence) {
    MonitorConfig.builder().downAfter(silence); // it has the check
    return new GroupSettings(masterName, replicas, watch, watchers, givenQuorum, silence, password);
  }

  GroupSettings password(String secret) {
    if (secret.isBlank() || secret.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException(
          "password must be of printable ASCII characters and not blank");
    }
    return new GroupSettings(
        masterName, replicas, watch, watchers, givenQuorum, downAfter, Optional.of(secret));
  }
}
