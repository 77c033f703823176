/**
 * What listeners hear.
 *
 * <p>Imports {@code topology} only. No I/O, clock, thread or lock.
 *
 * <p><b>Why</b> sealed records that name their callback: the compiler finds a forgotten kind, and a
 * listener written for an older version still compiles.
 */
package io.github.jedisfailover.event;
