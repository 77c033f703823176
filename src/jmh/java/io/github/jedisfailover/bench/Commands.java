package io.github.jedisfailover.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** One command per operation. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class Commands {
  @Benchmark
  public String get(Variant variant, Keys keys) {
    return variant.client().get(keys.next());
  }

  @Benchmark
  public String set(Variant variant, Keys keys) {
    return variant.client().set(keys.next(), Keys.VALUE);
  }
}
