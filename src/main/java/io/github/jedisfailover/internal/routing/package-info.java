/**
 * Where may this command go? Answers from the command, its arguments and a snapshot alone.
 *
 * <p>Imports {@code topology}, {@code config} and Jedis' command types. No I/O, clock, thread or
 * lock.
 *
 * <p><b>Why</b> flags and not method names: one door ({@code executeCommand}) sees every command,
 * {@code sendCommand} of unknown ones too. What is not known to be a harmless read is a write.
 * Jedis' flag registry is marked internal, so one adapter touches it and a table of our own has the
 * last word.
 */
package io.github.jedisfailover.internal.routing;
