/**
 * Settings by name: one table of names, which a URI, a map or properties fill the builders through.
 *
 * <p>Imports {@code config}, {@code topology} and Jedis' configuration types. No I/O but reading
 * key stores, no clock, thread or lock.
 *
 * <p><b>Why</b> a table instead of reflection on the builders: a name is a promise to everybody's
 * configuration files, and a value that is a secret must be known before anything is said about it.
 */
package io.github.jedisfailover.internal.settings;
