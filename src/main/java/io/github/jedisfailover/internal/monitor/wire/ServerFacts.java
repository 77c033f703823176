package io.github.jedisfailover.internal.monitor.wire;

/**
 * What INFO tells of the process.
 *
 * @param configFile empty if there is none
 * @param rejected connections refused because there were too many
 */
public record ServerFacts(
    String runId,
    long processId,
    int port,
    String os,
    String executable,
    String configFile,
    long wallMicros,
    long uptimeSeconds,
    int clients,
    int maxClients,
    long connectionsReceived,
    long commandsProcessed,
    long rejected,
    int channels,
    int patterns,
    double cpuSeconds) {}
