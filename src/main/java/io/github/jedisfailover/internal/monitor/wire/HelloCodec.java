package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.core.Hello;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.Optional;
import java.util.OptionalLong;

/** The eight comma separated fields of a hello message. */
public final class HelloCodec {
  /** The channel of hello messages, on nodes and on voters. */
  public static final String CHANNEL = "__sentinel__:hello";

  private static final int MAX_LENGTH = 2048;

  private HelloCodec() {}

  public static String encode(Hello hello) {
    return String.join(
        ",",
        hello.sender().host(),
        Integer.toString(hello.sender().port()),
        hello.senderId(),
        Long.toString(hello.currentEpoch()),
        hello.masterName(),
        hello.master().host(),
        Integer.toString(hello.master().port()),
        Long.toString(hello.configEpoch()));
  }

  /** Empty if the text is no hello message. */
  public static Optional<Hello> decode(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String[] field = text.split(",", -1);
    if (field.length != 8) {
      return Optional.empty();
    }
    Optional<NodeAddress> sender = Addresses.of(field[0], field[1]);
    Optional<NodeAddress> master = Addresses.of(field[5], field[6]);
    OptionalLong currentEpoch = Epochs.epoch(field[3]);
    OptionalLong configEpoch = Epochs.epoch(field[7]);
    boolean complete =
        sender.isPresent()
            && master.isPresent()
            && currentEpoch.isPresent()
            && configEpoch.isPresent()
            && Epochs.isId(field[2])
            && !field[4].isEmpty();
    if (!complete) {
      return Optional.empty();
    }
    return Optional.of(
        new Hello(
            sender.get(),
            field[2],
            currentEpoch.getAsLong(),
            field[4],
            master.get(),
            configEpoch.getAsLong()));
  }
}
