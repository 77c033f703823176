/**
 * What the routing costs: plain Jedis and this client side by side on one server.
 *
 * <p>Uses public packages and the test bench.
 *
 * <p><b>Why</b> in alternating rounds: on a small shared machine the speed drifts by more than the
 * difference that is looked for, so each round gives a ratio and the rounds give its spread.
 */
package io.github.jedisfailover.bench;
