package io.github.jedisfailover.internal.monitor.wire;

import java.util.Locale;

/**
 * One connection as CLIENT LIST shows it.
 *
 * @param address of the client, {@code host:port}
 * @param localAddress of this side
 * @param command full name of the last command, {@code NULL} before the first
 * @param waitingBytes not yet written
 */
public record ClientFacts(
    ClientState state,
    String address,
    String localAddress,
    long ageSeconds,
    long idleSeconds,
    String command,
    int waitingFrames,
    int waitingBytes) {
  ClientFacts with(ClientState newer, String newCommand) {
    return new ClientFacts(
        newer,
        address,
        localAddress,
        ageSeconds,
        idleSeconds,
        newCommand,
        waitingFrames,
        waitingBytes);
  }

  /** {@code normal} or {@code pubsub}; a Sentinel has no masters or replicas as clients. */
  String type() {
    return state.subscriptions().isEmpty() ? "normal" : "pubsub";
  }

  private String flags() {
    String flags = state.subscriptions().isEmpty() ? "" : "P";
    flags += state.tracking().isOn() ? "t" : "";
    return flags.isEmpty() ? "N" : flags;
  }

  /** What is not known of a JVM's sockets is shown as 0. */
  String describe() {
    return String.format(
        Locale.ROOT,
        "id=%d addr=%s laddr=%s fd=0 name=%s age=%d idle=%d flags=%s db=0 sub=%d psub=%d ssub=0"
            + " multi=-1 qbuf=0 qbuf-free=0 argv-mem=0 multi-mem=0 rbs=0 rbp=0 obl=0 oll=%d omem=%d"
            + " tot-mem=0 events=r cmd=%s user=%s redir=%d resp=%d",
        state.id(),
        address,
        localAddress,
        state.name(),
        ageSeconds,
        idleSeconds,
        flags(),
        state.subscriptions().channels().size(),
        state.subscriptions().patterns().size(),
        waitingFrames,
        waitingBytes,
        command,
        state.user(),
        state.tracking().redirect(),
        state.resp3() ? 3 : 2);
  }
}
