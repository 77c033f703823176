package io.github.jedisfailover.client;

import io.github.jedisfailover.FailoverPipeline;
import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.exceptions.MasterUnavailableException;
import io.github.jedisfailover.exceptions.NotAppliedException;
import io.github.jedisfailover.exceptions.OutcomeUnknownException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Pushes rising numbers, five to a pipeline with a counter, and keeps account of each. */
final class PipelineWriter implements Runnable {
  private final RedisFailoverClient redis;
  private final List<Long> acknowledged;
  private final List<Long> unknown;
  private final AtomicLong done = new AtomicLong();
  private volatile boolean stopping;
  private long notApplied;

  PipelineWriter(RedisFailoverClient redis, List<Long> acknowledged, List<Long> unknown) {
    this.redis = redis;
    this.acknowledged = acknowledged;
    this.unknown = unknown;
  }

  @Override
  public void run() {
    for (long next = 0; !stopping; next += 5) {
      List<Response<Long>> pushes = new ArrayList<>();
      try (FailoverPipeline pipeline = redis.pipelined()) {
        for (long number = next; number < next + 5; number++) {
          pushes.add(pipeline.rpush("list", "" + number));
          pipeline.incr("counter");
        }
      } catch (JedisConnectionException e) {
        // each response tells
      }
      for (int i = 0; i < pushes.size(); i++) {
        account(next + i, pushes.get(i));
      }
      done.incrementAndGet();
    }
  }

  private void account(long number, Response<Long> push) {
    try {
      push.get();
      acknowledged.add(number);
    } catch (OutcomeUnknownException e) {
      unknown.add(number);
    } catch (NotAppliedException | MasterUnavailableException e) {
      notApplied++;
    }
  }

  long done() {
    return done.get();
  }

  long notApplied() {
    return notApplied;
  }

  void stop() {
    stopping = true;
  }
}
