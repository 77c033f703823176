package io.github.jedisfailover.event;

import java.time.Duration;

/**
 * A {@code JedisPubSub}, {@code BinaryJedisPubSub} or {@code JedisShardedPubSub} that wants to know
 * when its subscription was interrupted: it implements this too.
 */
public interface GapListener {
  /**
   * All channels are subscribed again, perhaps on another node. Called in the subscription's thread
   * like its other methods, after the {@code onSubscribe} of the last channel: what is read from
   * the server from here on is as new as any message that was missed.
   *
   * @param atMost the time since the old connection was last heard of: messages may have been
   *     missed for so long, or shorter
   */
  void onGap(Duration atMost);
}
