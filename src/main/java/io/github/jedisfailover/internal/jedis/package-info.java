/**
 * Which Jedis is on the class path. Imports {@code exceptions} and nothing of Jedis.
 *
 * <p><b>Why</b> apart from everything else: it has to run, and to say what is wrong, where the
 * library's other classes cannot be linked.
 */
package io.github.jedisfailover.internal.jedis;
