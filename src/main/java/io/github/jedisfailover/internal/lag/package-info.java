/**
 * How far behind is a replica? Answers from what the nodes said of their replication, and when they
 * were asked.
 *
 * <p>Imports {@code topology}. No I/O, clock, thread or lock: times are readings of one monotonic
 * clock, passed in.
 *
 * <p><b>Why</b> proofs and not an estimate of the lag: a replica that holds every byte that the
 * master had when it was asked at a moment contains all that was written before that moment,
 * however late the answers came, however long a process was paused. An estimate (the time of the
 * last byte, the lag a second ago) says nothing about now.
 */
package io.github.jedisfailover.internal.lag;
