/**
 * Where snapshots come from: a voter in this JVM, or the voters of other JVMs.
 *
 * <p>Imports {@code monitor.net}, {@code runtime}, {@code config}, {@code topology}, {@code event},
 * {@code metrics} and Jedis' {@code Connection}.
 *
 * <p><b>Why</b> an observer asks all voters and weighs what they say: a client that believes the
 * first Sentinel that answers is moved back to the old master by a single one that lags behind.
 */
package io.github.jedisfailover.internal.source;
