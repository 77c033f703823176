/**
 * Bytes to core messages and back: RESP frames, INFO, hello messages and the commands a monitor
 * serves, in Redis Sentinel's formats.
 *
 * <p>Imports {@code monitor.core}, {@code monitor.acl} and {@code topology}. No I/O, clock, thread,
 * lock, chance or logging.
 *
 * <p><b>Why</b> pure: everything here parses what others sent, so it is tested with captured and
 * with hostile bytes alone, without a socket. Text is carried as ISO 8859-1 strings, one character
 * per byte, so that any channel or name survives the round trip.
 */
package io.github.jedisfailover.internal.monitor.wire;
