package io.github.jedisfailover.samples.boot;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.topology.NodeView;
import java.util.Map;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ShopController {
  private final StringRedisTemplate redis;
  private final RedisFailoverClient client;
  private final Prices prices;
  private final Visits visits;
  private final Workload workload;

  ShopController(
      StringRedisTemplate redis,
      RedisFailoverClient client,
      Prices prices,
      Visits visits,
      Workload workload) {
    this.redis = redis;
    this.client = client;
    this.prices = prices;
    this.visits = visits;
    this.workload = workload;
  }

  @GetMapping("/prices/{product}")
  Map<String, Object> price(@PathVariable("product") String product) {
    return Map.of("price", prices.of(product), "lookups", prices.lookups());
  }

  @PostMapping("/visits/{session}")
  long visit(@PathVariable("session") String session) {
    return visits.count(session);
  }

  @PutMapping("/notes/{key}")
  void write(@PathVariable("key") String key, @RequestBody String text) {
    redis.opsForValue().set("note:" + key, text);
  }

  @GetMapping("/notes/{key}")
  String read(@PathVariable("key") String key) {
    return redis.opsForValue().get("note:" + key);
  }

  /** The client itself is a bean too: what it knows, views, sessions, a planned switchover. */
  @GetMapping("/master")
  String master() {
    return client
        .topology()
        .current()
        .master()
        .map(NodeView::address)
        .map(String::valueOf)
        .orElse("none");
  }

  @PostMapping("/workload")
  Workload.Result workload(
      @RequestParam(name = "threads", defaultValue = "8") int threads,
      @RequestParam(name = "operations", defaultValue = "5000") int operations,
      @RequestParam(name = "pauseMicros", defaultValue = "2000") long pauseMicros)
      throws InterruptedException {
    return workload.run(threads, operations, pauseMicros);
  }
}
