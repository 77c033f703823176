package io.github.jedisfailover.internal.execution;

import redis.clients.jedis.executors.CommandExecutor;

/**
 * What a client, or a view of one, does its work with. All of a client's share pools, turns and
 * scripts.
 *
 * @param context where its calls go and how they are repeated
 * @param executor of single commands
 * @param connections for iterations and the like
 * @param batches of pipelines
 * @param transactions opened on the master
 */
public record View(
    CallContext context,
    CommandExecutor executor,
    RoutedConnections connections,
    BatchExecutor batches,
    Transactions transactions) {}
