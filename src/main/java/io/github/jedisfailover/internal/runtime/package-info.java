/**
 * The only owner of time, threads and chance.
 *
 * <p>Imports {@code topology}, {@code event}, {@code metrics}.
 *
 * <p><b>Why</b> one place: decisions elsewhere take the time as an argument, so a simulation can
 * run hours in seconds and replay them, and every thread has a name, an owner and an end.
 */
package io.github.jedisfailover.internal.runtime;
