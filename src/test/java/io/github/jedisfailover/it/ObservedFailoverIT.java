package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.config.ReadFrom;
import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.health.HealthReport;
import io.github.jedisfailover.health.HealthStatus;
import io.github.jedisfailover.integration.micrometer.DashboardQueries;
import io.github.jedisfailover.integration.micrometer.MicrometerFailoverMetrics;
import io.github.jedisfailover.integration.micrometer.ScrapedNames;
import io.github.jedisfailover.integration.opentelemetry.OpenTelemetryCalls;
import io.github.jedisfailover.testing.Access;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.topology.NodeAddress;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * One failover as seen from outside: health, events, meters, spans, MBean and dump tell the same.
 */
class ObservedFailoverIT {
  private static final String PASSWORD = "dump-must-not-show-it";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final List<FailoverEvent> events = new CopyOnWriteArrayList<>();
  private final FailoverListener recorder =
      new FailoverListener() {
        @Override
        public void onMasterLost(FailoverEvent.MasterLost event) {
          events.add(event);
        }

        @Override
        public void onMasterFound(FailoverEvent.MasterFound event) {
          events.add(event);
        }

        @Override
        public void onWritesResumed(FailoverEvent.WritesResumed event) {
          events.add(event);
        }
      };

  private RedisFailoverClient client(RedisServers servers, RedisGroup group, MonitorConfig voter) {
    OpenTelemetrySdk telemetry =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .build();
    return RedisFailoverClient.builder()
        .masterName(LocalMonitors.NAME)
        .clientName("seen")
        .nodes(group.addresses())
        .clientConfig(servers.access().client().build())
        .monitor(voter)
        .readFrom(ReadFrom.MASTER)
        .listener(recorder)
        .metrics(MicrometerFailoverMetrics.builder(registry).commandDurations(true).build())
        .observeCalls(OpenTelemetryCalls.of(telemetry))
        .jmx(true)
        .build();
  }

  @Test
  void everyViewTellsTheSame() throws Exception {
    ObjectName name =
        new ObjectName("io.github.jedisfailover:type=RedisFailoverClient,name=\"seen\"");
    try (RedisServers servers = RedisServers.open(Access.password(PASSWORD))) {
      RedisGroup group = servers.group(2);
      try (LocalMonitors monitors = LocalMonitors.start(servers, group, Stage.DOWN_AFTER);
          RedisFailoverClient redis = client(servers, group, monitors.observer())) {
        monitors.awaitAgreement(group, group.master()).awaitVotes();
        awaitStatus(redis, HealthStatus.UP);
        assertThat(redis.health().voters()).hasSize(3);
        calls(redis);
        bean(name, redis);
        RedisNode old = group.master();
        failOver(redis, group);
        events(old, group);
        meters(redis, old, group);
        spans(group);
        dump(redis, old);
        aLostVoter(group, monitors);
      }
      assertThat(registry.getMeters()).as("meters after close").isEmpty();
      assertThat(beans.isRegistered(name)).isFalse();
    }
  }

  /** Seen by a client of a voter in this JVM. */
  private static void aLostVoter(RedisGroup group, LocalMonitors monitors) {
    try (RedisFailoverClient voting =
        RedisFailoverClient.builder()
            .masterName(LocalMonitors.NAME)
            .clientName("voting")
            .nodes(group.addresses())
            .monitor(monitors.first())
            .clientConfig(Access.password(PASSWORD).client().build())
            .build()) {
      awaitStatus(voting, HealthStatus.UP);
      monitors.voters().get(2).close();
      HealthReport report = awaitStatus(voting, HealthStatus.DEGRADED);
      assertThat(report.reasons())
          .anyMatch(r -> r.startsWith("Voter " + monitors.addresses().get(2)))
          .anyMatch(r -> r.contains("2 of 3 voters can vote, 2 are needed: quorum is at risk"));
    }
  }

  private static HealthReport awaitStatus(RedisFailoverClient redis, HealthStatus status) {
    return await("health " + status)
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .until(redis::health, h -> h.status() == status);
  }

  private static void calls(RedisFailoverClient redis) {
    redis.set("k", "v");
    redis.get("k");
    assertThatThrownBy(() -> redis.lpush("k", "x")).isInstanceOf(JedisDataException.class);
    try (AbstractPipeline pipeline = redis.pipelined()) {
      pipeline.set("a", "1");
      pipeline.set("b", "2");
    }
    try (AbstractTransaction transaction = redis.multi()) {
      transaction.incr("n");
      transaction.exec();
    }
  }

  private void bean(ObjectName name, RedisFailoverClient redis) throws Exception {
    assertThat(beans.getAttribute(name, "Status")).isEqualTo("UP");
    assertThat(beans.getAttribute(name, "Master"))
        .isEqualTo(redis.topology().current().master().orElseThrow().address().toString());
    beans.setAttribute(name, new Attribute("ReadFrom", "replicaPreferred"));
    assertThat(redis.settings().readFrom()).isEqualTo(ReadFrom.REPLICA_PREFERRED);
    beans.setAttribute(name, new Attribute("ReadFrom", "master"));
    assertThat((String) beans.invoke(name, "dump", null, null)).contains("client 'seen'");
    assertThatThrownBy(
            () ->
                beans.invoke(
                    name,
                    "switchoverTo",
                    new Object[] {"nowhere"},
                    new String[] {String.class.getName()}))
        .rootCause()
        .hasMessageContaining("host:port");
  }

  private void failOver(RedisFailoverClient redis, RedisGroup group) {
    RedisNode old = group.master();
    try (Workload writes =
        Workload.start("write", 2, (thread, turn) -> redis.set("k" + thread, "" + turn))) {
      writes.awaitMore(50);
      old.kill();
      group.awaitMasterOtherThan(old);
      writes.awaitMore(50);
    }
    HealthReport after = awaitStatus(redis, HealthStatus.UP);
    assertThat(after.epoch()).isPositive();
    assertThat(after.nodes())
        .filteredOn(n -> n.address().equals(old.address()))
        .singleElement()
        .satisfies(n -> assertThat(n.status()).isEqualTo(HealthStatus.DOWN));
  }

  private void events(RedisNode old, RedisGroup group) {
    await().atMost(PATIENCE).until(() -> !resumed().isEmpty());
    FailoverEvent.WritesResumed resumed = resumed().get(0);
    assertThat(resumed.from()).isEqualTo(old.address());
    assertThat(resumed.to()).isEqualTo(group.awaitMasterOtherThan(old).address());
    assertThat(resumed.epoch()).isPositive();
    assertThat(resumed.gap()).isBetween(Duration.ofMillis(100), PATIENCE);
    assertThat(events.get(0)).isInstanceOf(FailoverEvent.MasterFound.class);
  }

  private List<FailoverEvent.WritesResumed> resumed() {
    return events.stream()
        .filter(FailoverEvent.WritesResumed.class::isInstance)
        .map(FailoverEvent.WritesResumed.class::cast)
        .toList();
  }

  private void meters(RedisFailoverClient redis, RedisNode old, RedisGroup group) {
    Timer gap = registry.get("jedis.failover.write.gap").tag("client", "seen").timer();
    assertThat(gap.count()).isEqualTo(1);
    assertThat(gap.totalTime(TimeUnit.NANOSECONDS)).isEqualTo(resumed().get(0).gap().toNanos());
    assertThat(registry.get("jedis.failover.switches").counter().count()).isEqualTo(1);
    assertThat(registry.get("jedis.failover.epoch").gauge().value())
        .isEqualTo(redis.health().epoch());
    assertThat(registry.get("jedis.failover.calls.waited").timer().count()).isPositive();
    assertThat(registry.get("jedis.failover.calls.parked").gauge().value()).isZero();
    assertThat(registry.get("db.client.connection.use_time").timers()).isNotEmpty();
    assertThat(pool("seen-master", "idle")).isPositive();
    String replica = "seen-replica-" + left(old, group);
    assertThat(pool(replica, "used")).isZero();
    await("the lag is measured while somebody reads it")
        .atMost(PATIENCE)
        .until(
            () ->
                registry.get("jedis.failover.replica.lag.bytes").gauges().stream()
                    .anyMatch(g -> g.value() >= 0));
    assertThat(ScrapedNames.of(registry)).containsAll(DashboardQueries.names());
  }

  private static NodeAddress left(RedisNode old, RedisGroup group) {
    return group.nodes().stream()
        .filter(n -> n != old && n != group.master())
        .findFirst()
        .orElseThrow()
        .address();
  }

  private double pool(String pool, String state) {
    return registry
        .get("db.client.connection.count")
        .tag("db.client.connection.pool.name", pool)
        .tag("db.client.connection.state", state)
        .gauge()
        .value();
  }

  private void spans(RedisGroup group) {
    List<SpanData> all = spans.getFinishedSpanItems();
    assertThat(all).allMatch(s -> s.getKind() == SpanKind.CLIENT);
    assertThat(all).extracting(SpanData::getName).contains("GET", "PIPELINE SET", "MULTI INCR");
    SpanData get = all.stream().filter(s -> s.getName().equals("GET")).findFirst().orElseThrow();
    assertThat(get.getAttributes().asMap())
        .containsEntry(AttributeKey.stringKey("db.system.name"), "redis")
        .containsEntry(AttributeKey.stringKey("db.namespace"), "0")
        .containsEntry(AttributeKey.stringKey("jedis.failover.node.role"), "master")
        .containsEntry(AttributeKey.longKey("jedis.failover.retries"), 0L)
        .containsKey(AttributeKey.longKey("server.port"));
    SpanData wrong =
        all.stream().filter(s -> s.getName().equals("LPUSH")).findFirst().orElseThrow();
    assertThat(wrong.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(wrong.getAttributes().get(AttributeKey.stringKey("db.response.status_code")))
        .isEqualTo("WRONGTYPE");
    assertThat(all)
        .as("a write that was repeated until the new master took it")
        .anyMatch(
            s -> {
              Long retries = s.getAttributes().get(AttributeKey.longKey("jedis.failover.retries"));
              return s.getName().equals("SET") && retries > 0;
            });
    assertThat(all.toString()).doesNotContain(PASSWORD);
  }

  private static void dump(RedisFailoverClient redis, RedisNode old) {
    String dump = redis.dump();
    assertThat(dump)
        .contains(
            "== Versions",
            "jedis 8.",
            "password set",
            "== Health: UP",
            old.address() + "",
            "seen-master",
            "voter ",
            "== Parked calls: 0",
            "WritesResumed[client=seen")
        .doesNotContain(PASSWORD)
        .hasSizeLessThan(100_000);
  }
}
