/**
 * Who may do what on the listener: the commands of a Sentinel with their categories, users with
 * their passwords and rules, and the log of refusals, in the words of Redis' ACL.
 *
 * <p>Imports none of ours. No I/O, clock, thread, lock, chance or logging.
 *
 * <p><b>Why</b> apart from {@code monitor.wire}: whoever keeps the users (the listener) and whoever
 * decides about a request (the command table) share these values and nothing else. Every type is
 * immutable: a changed user is a new one, so no request sees half a change.
 */
package io.github.jedisfailover.internal.monitor.acl;
