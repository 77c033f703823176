/**
 * A master is killed under load, and an application goes on.
 *
 * <p>Uses the public packages; servers and monitors are those of the test kit.
 *
 * <p><b>Why</b> real servers and a real SIGKILL: what counts in a failover is what an application
 * sees, and that can only be seen from one.
 */
package io.github.jedisfailover.samples.demo;
