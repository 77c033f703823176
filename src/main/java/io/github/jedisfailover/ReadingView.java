package io.github.jedisfailover;

import io.github.jedisfailover.config.ReadFrom;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.csc.Cache;

/** A client with another read policy over the same pools; closing it closes nothing. */
final class ReadingView extends UnifiedJedis {
  ReadingView(Machinery machinery, ReadFrom policy) {
    super(
        machinery.views().reading(policy),
        machinery.provider(),
        machinery.clientConfig(),
        (Cache) null);
  }
}
