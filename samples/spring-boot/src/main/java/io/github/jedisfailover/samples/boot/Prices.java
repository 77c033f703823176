package io.github.jedisfailover.samples.boot;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

/** Slow to find out, so they are cached in Redis: written to the master, read from replicas. */
@Service
class Prices {
  private final AtomicLong lookups = new AtomicLong();

  @Cacheable("prices")
  public String of(String product) {
    lookups.incrementAndGet();
    return product.length() * 100 + " cents";
  }

  /** How often the cache had none. */
  long lookups() {
    return lookups.get();
  }
}
