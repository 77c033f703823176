package io.github.jedisfailover.internal.monitor.core.sim;

import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.internal.monitor.core.Departures;
import io.github.jedisfailover.internal.monitor.core.PersistentState;
import io.github.jedisfailover.internal.monitor.core.SentinelCore;
import io.github.jedisfailover.internal.monitor.core.Target;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One monitor process: its core, its disk, its links; it may be down or stalled. */
final class SimMonitor {
  final int index;
  NodeAddress address;

  /** In a mixed group: ours, or exactly Sentinel's rules. */
  Departures departures = Departures.ALL;

  /** How far its clock has jumped ahead. */
  long skew;

  SentinelCore core;
  String id;
  PersistentState disk;
  boolean alive;
  long stalledUntil;

  /** Messages to an earlier life of the process are lost with it. */
  int life;

  /** The process at the far end of each connection that stands. */
  final Map<Target, Integer> farEnds = new HashMap<>();

  final Map<Target, Boolean> links = new HashMap<>();
  final List<CoreInput> waiting = new ArrayList<>();
  CoreView lastView;
  long epochOfTry;
  long lastNewEpoch;

  SimMonitor(int index, NodeAddress address) {
    this.index = index;
    this.address = address;
  }

  static String idPrefix(int index) {
    return "id-" + index + "-";
  }

  boolean stalled(long now) {
    return now < stalledUntil;
  }
}
