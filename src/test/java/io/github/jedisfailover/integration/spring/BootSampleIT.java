package io.github.jedisfailover.integration.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.topology.NodeAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The sample, built with Boot's own parent, started, and its master killed under load. */
class BootSampleIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String HEALTH = "/actuator/health";

  @Test
  void survivesTheDeathOfItsMaster() throws Exception {
    assumeTrue(SampleBuild.missing().isEmpty(), SampleBuild.missing());
    Path jar = SampleBuild.jar();
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(2);
      try (LocalMonitors monitors =
              LocalMonitors.start(servers, group, Duration.ofSeconds(1)).awaitVotes();
          SampleProcess sample =
              new SampleProcess(
                  jar,
                  servers.ports().any(RedisServers.LOOPBACK),
                  Map.of(
                      "REDIS_NODES", texts(Arrays.asList(group.addresses())),
                      "REDIS_MONITORS", texts(monitors.addresses())))) {
        monitors.awaitAgreement(group, group.master());
        sample.awaitStatus(HEALTH, 200);

        writesToTheMasterAndReadsFromReplicas(sample, group);
        RedisNode next = losesItsMasterUnderLoad(sample, group);
        tellsOfTheSwitch(sample, next);
        tellsHowItIs(sample, group, next);
        stopsInOrder(sample);
      }
    }
  }

  private static String texts(List<NodeAddress> addresses) {
    return addresses.stream().map(NodeAddress::toString).collect(Collectors.joining(","));
  }

  private static void writesToTheMasterAndReadsFromReplicas(SampleProcess sample, RedisGroup group)
      throws Exception {
    RedisNode master = group.master();
    sample.put("/notes/a", "hello");
    sample.text("/prices/apple");
    group.awaitReplicated();
    long readsOfMaster = master.calls("get");
    assertThat(sample.text("/notes/a")).isEqualTo("hello");
    assertThat(sample.json("/prices/apple").get("lookups").getAsLong())
        .as("the second price came from the cache")
        .isEqualTo(1);
    assertThat(master.calls("get")).as("reads of the master").isEqualTo(readsOfMaster);
    assertThat(group.replicas().stream().mapToLong(r -> r.calls("get")).sum()).isPositive();
    assertThat(sample.post("/visits/me").get(30, TimeUnit.SECONDS)).as(sample::log).isEqualTo("1");
    assertThat(sample.post("/visits/me").get(30, TimeUnit.SECONDS)).isEqualTo("2");
    assertThat(sample.text("/master")).isEqualTo(master.address().toString());
  }

  private static RedisNode losesItsMasterUnderLoad(SampleProcess sample, RedisGroup group)
      throws Exception {
    RedisNode old = group.master();
    long before = old.calls("set");
    CompletableFuture<String> load =
        sample.post("/workload?threads=8&operations=5000&pauseMicros=1000");
    await("the load is under way")
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .until(() -> old.calls("set") > before + 4_000);
    old.kill();
    RedisNode next = group.awaitMasterOtherThan(old);

    JsonObject result = JsonParser.parseString(load.get(120, TimeUnit.SECONDS)).getAsJsonObject();
    System.out.println("workload: " + result);
    assertThat(result.get("operations").getAsLong()).isEqualTo(40_000);
    assertThat(result.get("exceptions").getAsLong()).as("%s%n%s", result, sample.log()).isZero();
    assertThat(next.calls("set")).as("writes at the new master").isGreaterThan(1_000);
    return next;
  }

  private static void tellsOfTheSwitch(SampleProcess sample, RedisNode next) throws Exception {
    JsonObject details = health(sample).getAsJsonObject("details");
    assertThat(details.get("epoch").getAsLong()).isPositive();
    assertThat(
            details
                .getAsJsonObject("nodes")
                .getAsJsonObject(next.address().toString())
                .get("role")
                .getAsString())
        .isEqualTo("MASTER");
    assertThat(sample.text("/actuator/prometheus"))
        .containsPattern("(?m)^jedis_failover_switches_total\\{client=\"mymaster\".*} 1\\.0$")
        .containsPattern("(?m)^jedis_failover_write_gap_seconds_count\\{.*} 1$");
  }

  private static JsonObject health(SampleProcess sample) throws Exception {
    return sample.json(HEALTH).getAsJsonObject("components").getAsJsonObject("jedisFailover");
  }

  /** Degraded without a replica, down without a master; nobody restarts the service for that. */
  private static void tellsHowItIs(SampleProcess sample, RedisGroup group, RedisNode master)
      throws Exception {
    group.replicas().forEach(RedisNode::kill);
    await("degraded")
        .pollInterval(Duration.ofMillis(100))
        .atMost(PATIENCE)
        .until(() -> sample.json(HEALTH).get("status").getAsString().equals("DEGRADED"));
    assertThat(sample.get(HEALTH).statusCode()).isEqualTo(200);
    assertThat(health(sample).getAsJsonObject("details").get("reasons").toString())
        .contains("No replica is fit");

    master.kill();
    sample.awaitStatus(HEALTH + "/readiness", 503);
    assertThat(health(sample).get("status").getAsString()).isEqualTo("DOWN");
    assertThat(sample.get(HEALTH + "/liveness").statusCode()).isEqualTo(200);
  }

  private static void stopsInOrder(SampleProcess sample) throws Exception {
    List<String> log = sample.stop();
    List<String> ends =
        log.stream()
            .filter(l -> l.contains("Graceful shutdown complete") || l.contains("] stopped"))
            .map(l -> l.contains("stopped") ? "client stopped" : "web server drained")
            .toList();
    assertThat(ends)
        .as(String.join("\n", log))
        .containsExactly("web server drained", "client stopped");
  }
}
