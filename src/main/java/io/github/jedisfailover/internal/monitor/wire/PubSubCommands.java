package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.core.Hello;
import java.util.Map;
import java.util.Optional;

/** (P)SUBSCRIBE, (P)UNSUBSCRIBE, PUBLISH. */
final class PubSubCommands {
  Map<String, Command> commands() {
    return Map.of(
        "subscribe",
            new Command(-2, r -> change(r, r.client().subscriptions().add(r.from(1), false))),
        "psubscribe",
            new Command(-2, r -> change(r, r.client().subscriptions().add(r.from(1), true))),
        "unsubscribe",
            new Command(-1, r -> change(r, r.client().subscriptions().remove(r.from(1), false))),
        "punsubscribe",
            new Command(-1, r -> change(r, r.client().subscriptions().remove(r.from(1), true))),
        "publish", new Command(3, PubSubCommands::publish));
  }

  private static Served change(Request request, Subscriptions.Change change) {
    return request.answer(change.reply(), request.client().subscribed(change.after()));
  }

  /** Sentinel answers {@code :1} to anything on the channel, readable or not. */
  private static Served publish(Request request) {
    if (!request.arg(1).equals(HelloCodec.CHANNEL)) {
      return request.error("ERR Only HELLO messages are accepted by Sentinel instances.");
    }
    Optional<Hello> hello = HelloCodec.decode(request.arg(2));
    return hello.isPresent() ? new Served.TakeHello(hello.get()) : request.answer(new Reply.Int(1));
  }
}
