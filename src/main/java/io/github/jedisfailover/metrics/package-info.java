/**
 * The port to a metrics library.
 *
 * <p>Imports {@code topology} only.
 *
 * <p><b>Why</b> a port: Micrometer stays optional and outside the core; a binding implements this
 * interface.
 */
package io.github.jedisfailover.metrics;
