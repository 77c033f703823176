/**
 * Entry points: the client, the provider and executor pair for {@code RedisClient}, the pool of
 * {@code Jedis} objects, and the embedded monitor.
 *
 * <p>May import every other package of ours; nothing imports it but the integrations.
 *
 * <p><b>Why</b> so few types here: an application needs one builder; everything behind it lives
 * under {@code internal} and may change.
 */
package io.github.jedisfailover;
