/**
 * What is dangerous in a deployment: facts in, findings out.
 *
 * <p>Imports {@code topology} only. No I/O, clock, thread or lock: the command line collects the
 * facts.
 *
 * <p><b>Why</b> facts are the servers' own words (fields of {@code INFO}, settings) and not a model
 * of them: a rule then reads like the page of Redis' documentation that it follows, and a new rule
 * needs no change of what collects.
 */
package io.github.jedisfailover.internal.doctor;
