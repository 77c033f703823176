/**
 * How a client is, for people and probes.
 *
 * <p>Imports {@code topology} only. No I/O, clock, thread or lock.
 *
 * <p><b>Why</b> a package of its own: health endpoints of every framework can be written against
 * it, and the client itself needs none of them.
 */
package io.github.jedisfailover.health;
