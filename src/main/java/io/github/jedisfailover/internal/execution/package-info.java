/**
 * Runs one command: routes it, repeats it where that is safe, and says what became of it where it
 * is not.
 *
 * <p>Imports {@code routing}, {@code pool}, {@code lag}, {@code probe}, {@code runtime}, {@code
 * config}, {@code exceptions}, {@code event}, {@code metrics}, {@code topology}, Jedis and
 * Resilience4j.
 *
 * <p><b>Why</b> two paths: the first attempt does a look-up, a borrow and a call, and nothing else;
 * deadlines, back-off and breakers cost something only after the first failure. Resilience4j counts
 * attempts and spaces them; the waiting is ours, because news of the topology must end it.
 */
package io.github.jedisfailover.internal.execution;
