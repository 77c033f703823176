package io.github.jedisfailover.internal.monitor.core;

/** Sentinel's settings of one master group; times in milliseconds. */
public record MasterSettings(
    String name, int quorum, long downAfterMillis, long failoverTimeoutMillis, int parallelSyncs) {}
