/**
 * Figures of clients and monitors as Micrometer meters. Needs {@code micrometer-core}, which this
 * library does not bring along.
 *
 * <p>Imports {@code metrics} and {@code topology}.
 *
 * <p><b>Why</b> one list of definitions: the documentation's table and the Grafana dashboard are
 * tested against it, and it against the registry of a running client.
 */
package io.github.jedisfailover.integration.micrometer;
