/**
 * The command line: {@code java -jar jedis-failover-VERSION-cli.jar}.
 *
 * <p>Imports the public API, {@code doctor}, {@code settings}, {@code monitor.net} (connections of
 * monitors), {@code runtime}, and picocli, which nothing else may. It is in the command line's jar
 * only: the library's jar leaves the package out.
 *
 * <p><b>Why</b> changes go through the public client and not through commands of its own: the
 * checks before a switchover or promotion stand in one place. <b>Why</b> looking does not: a client
 * hides what disagrees, and that is what one looks for.
 */
package io.github.jedisfailover.internal.cli;
