package io.github.jedisfailover.config;

/**
 * Which nodes may serve a command that only reads.
 *
 * <p>A replica copies its master asynchronously: a read from it may miss the newest writes, also
 * the caller's own. A replica takes part only while its link to the master is up and it is not in
 * its initial synchronisation. Several fit replicas take turns. Writes, and every command that is
 * not known to be a harmless read, go to the master whatever is chosen here.
 */
public enum ReadFrom {
  /** The master only. Reads see all earlier writes; they wait while there is no master. */
  MASTER(true, false, false),
  /** The master; while it cannot be reached, a replica. */
  MASTER_PREFERRED(true, true, true),
  /** Replicas only. Fails with {@code ReplicaUnavailableException} when none is fit. */
  REPLICA(false, true, false),
  /** A replica; when none is fit or all fail, the master. The default. */
  REPLICA_PREFERRED(false, true, true),
  /** Master and fit replicas in turn. */
  ANY(true, true, true);

  private final boolean masterFirst;
  private final boolean usesReplicas;
  private final boolean fallsBack;

  ReadFrom(boolean masterFirst, boolean usesReplicas, boolean fallsBack) {
    this.masterFirst = masterFirst;
    this.usesReplicas = usesReplicas;
    this.fallsBack = fallsBack;
  }

  /**
   * Whether a replica may serve the read at all.
   *
   * @return {@code true} for all but {@link #MASTER}
   */
  public boolean allowsReplica() {
    return usesReplicas;
  }

  /**
   * Whether the master may serve the read at all.
   *
   * @return {@code true} for all but {@link #REPLICA}
   */
  public boolean allowsMaster() {
    return masterFirst || fallsBack;
  }
}
