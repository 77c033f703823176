package io.github.jedisfailover.internal.lag;

/**
 * A point in a replication history: all data up to there.
 *
 * @param history the replication id; a promoted replica begins a new one
 * @param offset bytes of the stream
 */
public record Position(String history, long offset) {}
