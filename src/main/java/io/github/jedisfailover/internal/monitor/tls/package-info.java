/**
 * TLS of a monitor that runs as a process: keys, certificates and names of ciphers in the forms
 * that Redis' options give them, made into what the JVM works with. {@link
 * io.github.jedisfailover.internal.monitor.tls.ProcessTls} is the door.
 *
 * <p>Imports {@code monitor.conf}. Reads files at the start, and does no other I/O.
 *
 * <p><b>Why</b> PEM is read here: the JVM reads certificates in PEM, but no keys, and a library for
 * four kinds of a short envelope would be the largest thing in the stand-alone jar. What is inside
 * the envelope, encrypted or not, is left to the JVM. The one old form whose encryption belongs to
 * the envelope is refused with the command that converts it.
 */
package io.github.jedisfailover.internal.monitor.tls;
