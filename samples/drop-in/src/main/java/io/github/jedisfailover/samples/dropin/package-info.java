/** Four programs for plain Jedis; {@code src/failover} holds them with one line changed each. */
package io.github.jedisfailover.samples.dropin;
