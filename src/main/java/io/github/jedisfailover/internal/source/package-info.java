/**
 * Where snapshots come from: a voter in this JVM, the voters of other JVMs or Redis Sentinels, or
 * nodes that nobody monitors.
 *
 * <p>Imports {@code monitor.net}, {@code monitor.core}, {@code monitor.wire}, {@code runtime},
 * {@code config}, {@code topology}, {@code event}, {@code metrics} and Jedis' {@code Connection}.
 *
 * <p><b>Why</b> an observer weighs what voters say by its epoch: a client that believes the first
 * Sentinel that answers is moved back to the old master by a single one that lags behind. Why it
 * does not ask all of them at each event: hundreds of observers hear the same one.
 */
package io.github.jedisfailover.internal.source;
