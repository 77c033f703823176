/**
 * A replication group in containers, for tests of applications: {@link
 * io.github.jedisfailover.testing.containers.RedisReplicationContainers}. Needs Testcontainers on
 * the class path and a Docker engine.
 *
 * <p>May import {@code testing}, the root package, topology, config, metrics and the test kit's
 * hidden parts.
 *
 * <p><b>Why</b> each node has a fixed address in a network of the group, and clients a mapper to
 * the published ports: nodes and Sentinels announce what they reach each other by, which is the
 * same before and after a restart. Announcing addresses of the host instead ({@code
 * replica-announce-ip}) fails where the published port changes, at each start, and where containers
 * do not reach the host. Names of containers fail as soon as one is dead: its name is gone, and
 * Redis looks names up on the thread that serves its clients.
 */
package io.github.jedisfailover.testing.containers;
