package io.github.jedisfailover.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

/** One command, or one pipeline, per operation. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class Commands {
  private static final int PIPELINED = 100;

  @Benchmark
  public String get(Variant variant, Keys keys) {
    return variant.client().get(keys.next());
  }

  @Benchmark
  public String set(Variant variant, Keys keys) {
    return variant.client().set(keys.next(), Keys.VALUE);
  }

  /** A hundred replies, read as an application does. */
  @Benchmark
  public long pipeline(Variant variant, Keys keys) {
    List<Response<String>> replies = new ArrayList<>(PIPELINED);
    try (AbstractPipeline pipeline = variant.client().pipelined()) {
      for (int i = 0; i < PIPELINED; i++) {
        replies.add(pipeline.get(keys.next()));
      }
    }
    long length = 0;
    for (Response<String> reply : replies) {
      length += reply.get().length();
    }
    return length;
  }
}
