package io.github.jedisfailover.internal.observe;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.health.HealthReport;
import io.github.jedisfailover.internal.execution.CallWatch;
import io.github.jedisfailover.internal.execution.Parking;
import io.github.jedisfailover.internal.source.Opinions;
import io.github.jedisfailover.metrics.ClientFigures;
import io.github.jedisfailover.metrics.PoolFigures;
import io.github.jedisfailover.topology.NodeView;
import java.time.Duration;
import java.util.List;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.JedisClientConfig;

/**
 * The text for a bug report. Bounded: each line and the number of lines of each part. No user, no
 * password, no key and no value.
 */
final class Dump {
  private static final int LONGEST_LINE = 400;
  private static final int MOST_LINES = 60;

  private final StringBuilder text = new StringBuilder(8_192);

  private Dump() {}

  static String of(
      HealthReport health,
      FailoverConfig settings,
      ClientFigures figures,
      Parts parts,
      EventMemory events) {
    Dump dump = new Dump();
    dump.line("jedis-failover dump of client '" + health.client() + "' at " + health.at());
    dump.part("Versions", Versions.all());
    dump.part("Settings", settings(settings));
    dump.part("Health: " + health.status(), health.reasons());
    dump.part("Topology, epoch " + health.epoch(), nodes(health, figures));
    dump.part("Pools", figures.pools().stream().map(PoolFigures::toString).toList());
    dump.opinions(Opinions.of(parts.source()));
    dump.calls(parts.calls());
    dump.part(
        "Last events, oldest first", events.all().stream().map(e -> e.at() + " " + e).toList());
    return dump.text.toString();
  }

  private static List<String> settings(FailoverConfig c) {
    JedisClientConfig jedis = c.clientConfig();
    GenericObjectPoolConfig<?> pool = c.poolConfig();
    return List.of(
        "masterName " + c.masterName() + ", nodes " + c.nodes(),
        "readFrom " + c.readFrom() + ", subscribeByReadFrom " + c.subscribeByReadFrom(),
        "callTimeout " + c.callTimeout() + ", startTimeout " + c.startTimeout(),
        "retry " + c.retry(),
        "warmConnections " + c.warmConnections() + ", warmTimeout " + c.warmTimeout(),
        "database "
            + jedis.getDatabase()
            + ", protocol "
            + jedis.getRedisProtocol()
            + ", TLS "
            + jedis.isSsl()
            + ", user "
            + given(jedis.getUser())
            + ", password "
            + given(jedis.getPassword()),
        "connectionTimeout "
            + jedis.getConnectionTimeoutMillis()
            + " ms, socketTimeout "
            + jedis.getSocketTimeoutMillis()
            + " ms, blockingSocketTimeout "
            + jedis.getBlockingSocketTimeoutMillis()
            + " ms",
        "pool maxTotal "
            + pool.getMaxTotal()
            + ", maxIdle "
            + pool.getMaxIdle()
            + ", minIdle "
            + pool.getMinIdle()
            + ", maxWait "
            + pool.getMaxWaitDuration());
  }

  private static String given(String secret) {
    return secret == null || secret.isEmpty() ? "not set" : "set";
  }

  private static List<String> nodes(HealthReport health, ClientFigures figures) {
    return figures.topology().nodes().stream()
        .map(
            n ->
                n
                    + ", "
                    + health.nodes().stream()
                        .filter(h -> h.address().equals(n.address()))
                        .findFirst()
                        .map(h -> h.status() + ": " + h.detail())
                        .orElse("")
                    + lag(n, figures))
        .toList();
  }

  private static String lag(NodeView node, ClientFigures figures) {
    return figures
        .lag(node.address())
        .map(Duration::toMillis)
        .map(ms -> ", lag " + ms + " ms, " + figures.lagBytes(node.address()).orElse(0) + " bytes")
        .orElse("");
  }

  private void opinions(Opinions opinions) {
    part(
        "Master found by " + opinions.by() + "; quorum " + opinions.quorum(),
        opinions.voters().stream()
            .map(v -> "voter " + v.address() + ": " + v.says() + (v.answers() ? "" : " (lost)"))
            .toList());
    part(
        "Who says another thing",
        opinions.dissents().stream().map(d -> d.who() + ": " + d.says()).toList());
  }

  private void calls(CallWatch calls) {
    Parking parking = calls.parking();
    part(
        "Parked calls: " + parking.count() + ", the longest",
        parking.longest(10).stream()
            .map(w -> w.what() + " for " + w.nanos() / 1_000_000 + " ms")
            .toList());
    part(
        "Last failed calls, oldest first",
        calls.failures().stream().map(f -> f.at() + " " + f.text()).toList());
  }

  private void part(String title, List<String> lines) {
    line("");
    line("== " + title);
    int left = Math.max(0, lines.size() - MOST_LINES);
    if (left > 0) {
      line("  (" + left + " more before)");
    }
    lines.stream().skip(left).forEach(l -> line("  " + l));
  }

  private void line(String line) {
    String plain = line.replaceAll("\\R", " ");
    text.append(plain, 0, Math.min(plain.length(), LONGEST_LINE)).append('\n');
  }
}
