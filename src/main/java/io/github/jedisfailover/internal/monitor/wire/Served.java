package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.core.Hello;
import io.github.jedisfailover.internal.monitor.core.Order;
import io.github.jedisfailover.topology.NodeAddress;

/** What has to be done for one request. */
public sealed interface Served {
  /**
   * Send the reply.
   *
   * @param after state of the connection from now on
   * @param close whether the connection ends after the reply
   */
  record Answer(Reply reply, ClientState after, boolean close) implements Served {}

  /** Ask the core for its opinion and vote, and answer with {@link SentinelReplies#vote}. */
  record AskCore(NodeAddress master, long epoch, String candidate) implements Served {}

  /** Hand the order to the core, and answer with {@link SentinelReplies#order}. */
  record AskOperator(Order order) implements Served {}

  /** Hand the hello to the core, and answer {@code :1}. */
  record TakeHello(Hello hello) implements Served {}

  /** End the process; a driver that runs inside an application refuses with an error. */
  record Shutdown() implements Served {}
}
