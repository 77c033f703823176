/**
 * Spans of calls, by OpenTelemetry's conventions for Redis. Needs {@code opentelemetry-api}, which
 * this library does not bring along.
 *
 * <p>Imports {@code metrics}.
 *
 * <p><b>Why</b> off where the agent is: it makes a span of each command that Jedis sends, and two
 * spans of one command mislead.
 */
package io.github.jedisfailover.integration.opentelemetry;
