/**
 * Values and builders. A setter checks its own value, {@code build()} checks relations and leaves
 * the builder as it was.
 *
 * <p>Imports {@code topology}, Jedis' client configuration and Commons Pool's configuration.
 *
 * <p><b>Why</b> a wrong value is refused and never corrected: a corrected time-out hides the
 * mistake until the night it matters.
 */
package io.github.jedisfailover.config;
