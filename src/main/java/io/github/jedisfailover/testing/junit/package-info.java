/**
 * The test kit as an extension of JUnit Jupiter.
 *
 * <p>Imports {@code testing} and the root package; JUnit Jupiter's API 5.12 or later.
 *
 * <p><b>Why</b> apart from {@code testing}: that works without JUnit on the class path.
 */
package io.github.jedisfailover.testing.junit;
