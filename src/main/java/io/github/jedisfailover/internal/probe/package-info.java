/**
 * Asks the nodes for their offsets and measures how fast they answer, while somebody needs it.
 *
 * <p>Imports {@code lag}, {@code runtime}, {@code config}, {@code topology} and Jedis.
 *
 * <p><b>Why</b> a thread and a connection per node: a frozen node must not delay the proofs of the
 * others, and a blocking Jedis connection brings TLS and every kind of log-in along. <b>Why</b> by
 * demand: a client without such reads has neither, and a view needs no end.
 */
package io.github.jedisfailover.internal.probe;
