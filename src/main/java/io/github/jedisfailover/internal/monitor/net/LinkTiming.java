package io.github.jedisfailover.internal.monitor.net;

/**
 * How long links wait.
 *
 * @param connectMillis for the TCP connection
 * @param replyMillis for one reply
 * @param retryMillis between attempts to connect
 */
record LinkTiming(int connectMillis, int replyMillis, long retryMillis) {
  private static final int NODE_REPLY_MILLIS = 15_000;
  private static final int PEER_REPLY_MILLIS = 1_500;
  private static final long MAX_CONNECT_MILLIS = 2_000;
  private static final long MAX_RETRY_MILLIS = 1_000;
  private static final long MAX_NODE_RETRY_MILLIS = 100;
  private static final long MIN_RETRY_MILLIS = 25;

  /**
   * A frozen node keeps its connection, as with Sentinel: silence is the core's to judge. One that
   * is back is looked at before its replicas are, which try once a second: it may be empty.
   */
  static LinkTiming forNode(long downAfterMillis) {
    return of(downAfterMillis, NODE_REPLY_MILLIS, MAX_NODE_RETRY_MILLIS);
  }

  /** A stopped peer must not hold up the next question for longer than a little. */
  static LinkTiming forPeer(long downAfterMillis) {
    return of(downAfterMillis, PEER_REPLY_MILLIS, MAX_RETRY_MILLIS);
  }

  private static LinkTiming of(long downAfterMillis, int replyMillis, long maxRetryMillis) {
    long connect = Math.min(MAX_CONNECT_MILLIS, downAfterMillis);
    long retry = Math.max(MIN_RETRY_MILLIS, Math.min(maxRetryMillis, downAfterMillis / 4));
    return new LinkTiming((int) connect, replyMillis, retry);
  }
}
