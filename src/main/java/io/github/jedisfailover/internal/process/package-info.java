/**
 * The monitor as a process of its own, started as {@code redis-sentinel} is: {@code java -jar
 * jedis-failover-VERSION-sentinel.jar sentinel.conf [--option value]...}.
 *
 * <p>Imports {@code monitor.conf}, {@code monitor.core}, {@code monitor.net}, {@code monitor.tls},
 * {@code runtime} and {@code topology}. It is in the stand-alone jar only: the library's jar leaves
 * the package out.
 *
 * <p><b>Why</b> an SLF4J provider of our own: a Sentinel writes one file in a format that
 * operators' tools read, and reopens it for every line so that it can be rotated; a logging
 * framework would add a configuration file, half a second to the start and lines of its own on the
 * console. It must never meet an application's provider, hence never stand in the library's jar.
 */
package io.github.jedisfailover.internal.process;
