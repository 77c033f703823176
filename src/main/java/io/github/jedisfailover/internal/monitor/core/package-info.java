/**
 * The Sentinel state machine: {@link io.github.jedisfailover.internal.monitor.core.SentinelCore}
 * takes inputs and the time and returns actions.
 *
 * <p>Imports {@code topology} only. No I/O, clock, thread, lock, randomness or logging.
 *
 * <p><b>Why</b> pure: a whole group of monitors runs in a simulation from one seed, and each
 * failure replays. The state is confined to the core and changed in place; copying all of it on
 * every step would give the same repeatability at a cost, since nothing outside can see it but
 * through {@code view()}.
 *
 * <p>Where it departs from Redis' sentinel.c, on purpose:
 *
 * <ul>
 *   <li>It acts on events, not on the next run of a timer; voters take turns by a few milliseconds
 *       so that they do not all stand at once.
 *   <li>Voters are configured, unless it sits in one quorum with real Sentinels; a hello from
 *       elsewhere changes nothing.
 *   <li>A late tick is our own stall and is taken off everybody's silence; above two seconds it is
 *       TILT. Votes are given in TILT, as Sentinel does: they rest on epochs, not on time.
 *   <li>A fresh master gets one more {@code down-after-milliseconds} of patience.
 *   <li>A returning old master is demoted as soon as a majority confirms that no newer
 *       configuration can exist; without that, after Sentinel's wait.
 *   <li>A replica that never synchronised, or is empty while others are not, is not promoted; a
 *       master that returns empty is replaced.
 *   <li>An epoch far above all known ones needs a majority that tells it.
 *   <li>A vote that cannot be stored is not given.
 * </ul>
 *
 * <p>{@link io.github.jedisfailover.internal.monitor.core.Departures} switches them off one by one.
 */
package io.github.jedisfailover.internal.monitor.core;
