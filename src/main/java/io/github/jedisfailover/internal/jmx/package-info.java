/**
 * A client as an MBean of the platform's server.
 *
 * <p>Imports {@code health}, {@code metrics} and {@code topology}; {@code java.management} only.
 *
 * <p><b>Why</b> the client is behind a small interface: this package neither knows how a switchover
 * is done, nor what a client is.
 */
package io.github.jedisfailover.internal.jmx;
