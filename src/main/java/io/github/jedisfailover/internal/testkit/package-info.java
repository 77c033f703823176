/**
 * What the test kit is made of and nobody needs to see: signals, directories, waiting.
 *
 * <p>Imports {@code internal.runtime}.
 *
 * <p><b>Why</b> apart from {@code testing}: that is public API, and small.
 */
package io.github.jedisfailover.internal.testkit;
