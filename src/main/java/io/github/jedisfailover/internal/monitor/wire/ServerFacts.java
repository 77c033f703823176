package io.github.jedisfailover.internal.monitor.wire;

/** What INFO tells of the process. */
public record ServerFacts(
    String runId,
    long processId,
    int port,
    long uptimeSeconds,
    int clients,
    int maxClients,
    long connectionsReceived,
    long commandsProcessed,
    int channels,
    int patterns,
    double cpuSeconds) {}
