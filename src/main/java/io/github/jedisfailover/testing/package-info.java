/**
 * A real, replicated Redis for tests, and the faults that can be done to it. {@link
 * io.github.jedisfailover.testing.ReplicatedRedis} is the whole that most tests need; {@link
 * io.github.jedisfailover.testing.RedisServers} and {@link
 * io.github.jedisfailover.testing.LocalMonitors} are its parts, for several groups or none.
 *
 * <p>Imports the root package, {@code config}, {@code event}, {@code metrics}, {@code topology},
 * {@code internal.runtime}, {@code internal.testkit} and, for voters that know that they are new,
 * {@code internal.monitor.net}. No test framework: {@code testing.junit} has the extension.
 *
 * <p><b>Why</b> real servers and signals instead of mocks: a killed, frozen or cut off server
 * behaves in ways that a mock of it does not (half-open sockets, accepted connections that nobody
 * serves).
 */
package io.github.jedisfailover.testing;
