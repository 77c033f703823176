package io.github.jedisfailover.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * A JVM that opens and closes the kit many times, counts what is left, opens it once more, and
 * waits for its end. Arguments: how often; {@code partitions} or nothing.
 */
final class KitMain {
  private KitMain() {}

  public static void main(String[] arguments) throws Exception {
    cycle(); // the JVM's own first use of sockets and processes
    int sockets = Leaks.openSockets();
    long longest = 0;
    int cycles = Integer.parseInt(arguments[0]);
    for (int i = 0; i < cycles; i++) {
      long begin = System.nanoTime();
      cycle();
      longest = Math.max(longest, System.nanoTime() - begin);
    }
    System.out.println("LONGEST " + longest / 1_000_000);
    System.out.println("LEFT threads " + Leaks.haThreads());
    System.out.println("LEFT sockets " + Math.max(0, Leaks.openSockets() - sockets));
    System.out.println("LEFT children " + ProcessHandle.current().children().toList());
    System.out.println("LEFT files " + files());
    stay(arguments.length > 1);
  }

  private static void cycle() {
    try (ReplicatedRedis redis = ReplicatedRedis.start()) {
      redis.client().set("k", "v");
    }
  }

  private static List<Path> files() throws Exception {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(f -> f.getFileName().toString().startsWith("jedis-failover")).toList();
    }
  }

  private static void stay(boolean partitions) throws InterruptedException {
    ReplicatedRedisBuilder builder = ReplicatedRedis.builder();
    if (partitions) {
      builder.partitions();
    }
    ReplicatedRedis redis = builder.start();
    redis.client().set("k", "v");
    redis.nodes().get(1).freeze();
    redis.nodes().get(2).slow(Duration.ofMillis(50));
    if (partitions) {
      redis.isolate(redis.nodes().get(0));
    }
    ProcessHandle.current().children().forEach(c -> System.out.println("CHILD " + c.pid()));
    System.out.println("READY");
    new CountDownLatch(1).await();
  }
}
