/**
 * Real servers and monitors as processes, and the faults to test them with.
 *
 * <p>Uses public packages and Jedis only. Also used by the demo and the benchmarks.
 *
 * <p><b>Why</b> processes and signals instead of mocks: a killed, frozen or cut off server behaves
 * in ways that a mock of it does not (half-open sockets, accepted connections that nobody serves).
 */
package io.github.jedisfailover.testsupport;
