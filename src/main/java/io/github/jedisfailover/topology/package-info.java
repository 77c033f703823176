/**
 * The model: what is known of a master and its replicas, and how to read it or wait for news.
 *
 * <p>Imports the JDK only. No I/O, clock, thread or lock.
 *
 * <p><b>Why</b> snapshots are immutable and replaced as a whole: a reader takes one reference and
 * sees one consistent group, without a lock. Editing a shared list in place lets a reader see the
 * middle of a change (a group without a master).
 */
package io.github.jedisfailover.topology;
