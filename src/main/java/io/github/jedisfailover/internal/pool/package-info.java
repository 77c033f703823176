/**
 * Connections: one pool per node and role, with a generation, reconciled with each new snapshot.
 *
 * <p>Imports {@code topology}, {@code config}, {@code runtime}, {@code metrics}, Jedis and Commons
 * Pool.
 *
 * <p><b>Why</b> a line before each Commons pool: that pool lets whoever comes next overtake those
 * that wait, and forgets a waiter when an object is discarded. Its own fairness setting does not
 * change that.
 *
 * <p><b>Why</b> a pool is never re-used for another role: a switch retires the pool as a whole, so
 * no connection can carry a command to a node that is no longer what the connection was opened for.
 * Retiring closes the sockets instead of waiting for time-outs: a thread that reads from a frozen
 * master wakes up at once.
 */
package io.github.jedisfailover.internal.pool;
