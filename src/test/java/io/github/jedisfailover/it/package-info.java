/**
 * Acceptance tests on real servers: each states one promise to the application.
 *
 * <p>Uses public packages and the test bench.
 *
 * <p><b>Why</b> apart from the other tests: they take seconds, and they may not look inside.
 */
package io.github.jedisfailover.it;
