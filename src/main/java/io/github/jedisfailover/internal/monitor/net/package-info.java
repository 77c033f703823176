/**
 * Drives the monitor's core: links to nodes and peers, the listener, the stored votes, time.
 *
 * <p>Imports {@code monitor.core}, {@code monitor.wire}, {@code monitor.acl}, {@code monitor.conf},
 * {@code monitor.tls}, {@code runtime}, {@code config}, {@code topology}, {@code event}, {@code
 * metrics} and Jedis' {@code Connection}.
 *
 * <p><b>Why</b> one thread that owns the core and one blocking connection per thread around it: the
 * core needs no lock and sees one input after the other, while Jedis' connections bring TLS and ACL
 * for free. A selector loop would save threads, but a monitor has few links. Nothing here decides:
 * what to do is the core's word, how and when it was done comes back as inputs.
 */
package io.github.jedisfailover.internal.monitor.net;
