package io.github.jedisfailover.internal.jmx;

import java.util.List;

/** A client as JMX shows it. Attributes are quick and without I/O. */
public interface RedisFailoverClientMXBean {
  /** UP, DEGRADED or DOWN. */
  String getStatus();

  /** Why it is not UP. */
  List<String> getReasons();

  String getMasterName();

  /** Address of the master, empty if there is none. */
  String getMaster();

  /** One line per node. */
  List<String> getNodes();

  /** One line per voter. */
  List<String> getVoters();

  /** One line per pool. */
  List<String> getPools();

  long getEpoch();

  int getParkedCalls();

  long getLongestParkedMillis();

  int getDisagreements();

  /** As {@code ReadFrom.parse} reads it. */
  String getReadFrom();

  void setReadFrom(String policy);

  /** Makes the best replica the master. */
  void switchover();

  /**
   * Makes this replica the master.
   *
   * @param node {@code host:port}
   */
  void switchoverTo(String node);

  /** The text for a bug report. */
  String dump();
}
