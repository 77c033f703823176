/**
 * The text of a {@code sentinel.conf}: read into settings and facts as {@code redis-sentinel} reads
 * it, and written over the old text as {@code redis-sentinel} rewrites it. {@link
 * io.github.jedisfailover.internal.monitor.conf.ConfReader} and {@link
 * io.github.jedisfailover.internal.monitor.conf.ConfRewriter} are the two doors.
 *
 * <p>Imports {@code monitor.core} and {@code topology} only. No I/O, clock, thread, lock,
 * randomness or logging: what Redis asks the system while it reads (does this script exist, which
 * address has this name) is asked through {@link
 * io.github.jedisfailover.internal.monitor.conf.Surroundings}.
 *
 * <p>Texts here are byte strings: one {@code char} per byte, as ISO 8859-1 decodes them and as
 * {@code monitor.wire} keeps them. A file in any encoding survives a rewrite byte by byte.
 *
 * <p><b>Why</b> the real one's way in every detail, its line numbers, error texts and order of
 * lines: the same file must move between {@code redis-sentinel} and this monitor in both
 * directions, any number of times, without an operator's comment lost or a line doubled. A format
 * of our own beside the file was rejected: two memories of one vote can disagree.
 *
 * <p>Where it departs, on purpose:
 *
 * <ul>
 *   <li>Values of {@code sentinel} lines that need quotes get them. The real one writes them bare
 *       and then refuses its own file.
 *   <li>{@code known-slave} lines become {@code known-replica} lines, as 7.4 makes them; 7.0 keeps
 *       both and then refuses its own file.
 *   <li>A host that could not be resolved is written by its name, not as an empty word.
 *   <li>{@code user} lines are written as they were given, not in the canonical form of {@code ACL
 *       LIST}, and none is added for the default user.
 *   <li>Options appended to a file come in a fixed order; the real one's changes with every start.
 * </ul>
 */
package io.github.jedisfailover.internal.monitor.conf;
