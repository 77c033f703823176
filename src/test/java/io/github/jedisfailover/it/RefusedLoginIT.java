package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.jedisfailover.EmbeddedMonitor;
import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologyView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.DefaultJedisClientConfig;

/** A node that no longer takes the monitor's password. */
class RefusedLoginIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final List<String> events = new CopyOnWriteArrayList<>();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger log = (Logger) LoggerFactory.getLogger("io.github.jedisfailover");
  private final Level before = log.getLevel();

  @BeforeEach
  void listen() {
    lines.start();
    log.addAppender(lines);
    log.setLevel(Level.WARN);
    log.setAdditive(false);
  }

  @AfterEach
  void stopListening() {
    log.setLevel(before);
    log.setAdditive(true);
    log.detachAppender(lines);
  }

  private final class Heard implements FailoverListener {
    @Override
    public void onMonitorReported(FailoverEvent.MonitorReported event) {
      events.add(event.name() + " " + event.payload());
    }
  }

  /** As with Sentinel, whose PINGs are answered with an error from then on. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"resetpass >other", "off", "-ping"})
  void countsAsDownAndTheLogSaysWhy(String change) {
    try (RedisServers servers = RedisServers.open()) {
      RedisNode redis = servers.start();
      redis.command("ACL", "SETUSER", "watch", "on", ">secret", "~*", "&*", "+@all");
      NodeAddress voter = new NodeAddress("127.0.0.1", servers.ports().any("127.0.0.1"));
      MonitorConfig config =
          MonitorConfig.builder()
              .voters(voter)
              .listen(voter)
              .downAfter(Duration.ofSeconds(1))
              .build();
      FailoverConfig group =
          FailoverConfig.builder()
              .masterName("m")
              .nodes(redis.address())
              .clientConfig(
                  DefaultJedisClientConfig.builder().user("watch").password("secret").build())
              .build();
      try (EmbeddedMonitor monitor =
          EmbeddedMonitor.start(config, List.of(new Heard()), FailoverMetrics.NONE)) {
        TopologyView view = monitor.watch(group);
        await().atMost(LIMIT).until(() -> view.current().master().isPresent());
        String[] words = ("ACL SETUSER watch " + change).split(" ");
        redis.command(words[0], List.of(words).subList(1, words.length).toArray(String[]::new));
        redis.command("CLIENT", "KILL", "USER", "watch");
        String down = "+sdown master m 127.0.0.1 " + redis.port();
        await().atMost(LIMIT).until(() -> events.contains(down));
        assertThat(List.copyOf(lines.list))
            .filteredOn(
                e ->
                    e.getFormattedMessage()
                        .contains(redis + " refuses this monitor's login and counts as down until"))
            .as("once, however often it is tried")
            .hasSize(1);

        redis.command("ACL", "SETUSER", "watch", "on", ">secret", "+ping");
        await().atMost(LIMIT).until(() -> events.contains(down.replace("+sdown", "-sdown")));
      }
    }
  }
}
