/**
 * Spring Boot 4.1: with this library on the class path and {@code jedis-failover.nodes} (or {@code
 * .sentinels}) set, everything that Spring Data Redis offers goes through one client that survives
 * failovers.
 *
 * <p>May import all of ours but internals of the client. Spring is optional: nothing outside of
 * this package knows it.
 *
 * <p><b>Why</b> a connection factory of its own and no customizer of Boot's: Spring Data builds a
 * {@code RedisClient}, whose pipelines, transactions and subscriptions end at a failover. Those of
 * {@link io.github.jedisfailover.RedisFailoverClient} go on, and it is a {@code UnifiedJedis},
 * which is all that Spring Data asks for.
 */
package io.github.jedisfailover.integration.spring;
