package io.github.jedisfailover.integration.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.RedisFailoverClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/** What somebody reads whose settings are wrong; and when nothing is configured at all. */
class StartFailureTest {
  private static final ApplicationContextRunner RUNNER =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  JedisVersionAutoConfiguration.class,
                  JedisFailoverAutoConfiguration.class,
                  JedisFailoverHealthAutoConfiguration.class,
                  JedisFailoverMetricsAutoConfiguration.class,
                  DataRedisAutoConfiguration.class));

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          call-timeout=2h     | A setting of Jedis Failover is wrong: callTimeout must be 1 ms..3600000 ms, was 7200000 ms; Property: jedis-failover.call-timeout; Value: "2h"; Origin: "jedis-failover.call-timeout" from property source "given"; Give another value to jedis-failover.call-timeout.
          nodes=one:1,one:1   | nodes must be different addresses; Property: jedis-failover.nodes
          user=u              | password must be set when user is; Set jedis-failover.password.
          retry.repeats=never | Property: jedis-failover.retry.repeats
          preset=fast         | Property: jedis-failover.preset; Value: "fast"; Origin:
          call-timout=2s      | Jedis Failover has no such setting; Property: jedis-failover.call-timout, did you mean jedis-failover.call-timeout?; Origin:
          down-after=         | Property: jedis-failover.down-after, which has no value; give it a value
          monitors=m:0        | Property: jedis-failover.monitors
          database=0          | exactly one of; Set one of jedis-failover.monitors (the voters, the same list in every JVM), jedis-failover.sentinels (Redis Sentinels) and jedis-failover.static-nodes: true
          """)
  void saysWhatIsWrongAndWhatToDo(String setting, String expected) {
    assertThat(told("nodes=127.0.0.1:1", setting)).contains(List.of(expected.split("; ")));
  }

  @Test
  void showsNoSecret() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("given", Map.of("jedis-failover.password", "hush")));
    IllegalArgumentException refused =
        new IllegalArgumentException("password is not valid, was hidden: it is a secret");

    assertThat(told(new WrongSettingException(refused), environment))
        .contains("Property: jedis-failover.password", "Origin: ")
        .doesNotContain("hush");
  }

  @Test
  void withoutAMasterItSaysWhereToLook() {
    assertThat(told("nodes=127.0.0.1:1", "static-nodes=true", "start-timeout=100ms"))
        .contains("No Redis master: Master group 'mymaster': no master found within 100 ms")
        .contains("jedis-failover.start-timeout");
  }

  /** Of the analyzers as they are registered, the first that has something to say. */
  private static String told(String... settings) {
    Map<String, Object> given = new LinkedHashMap<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      given.put("jedis-failover." + setting.substring(0, equals), setting.substring(equals + 1));
    }
    MapPropertySource source = new MapPropertySource("given", given);
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(source);
    StringBuilder told = new StringBuilder();
    RUNNER
        .withInitializer(c -> c.getEnvironment().getPropertySources().addFirst(source))
        .run(context -> told.append(told(context.getStartupFailure(), environment)));
    return told.toString();
  }

  private static String told(Throwable failure, Environment environment) {
    assertThat(failure).as("the start fails").isNotNull();
    return SpringFactoriesLoader.forDefaultResourceLocation()
        .load(
            FailureAnalyzer.class,
            ArgumentResolver.of(Environment.class, environment),
            (t, n, f) -> {})
        .stream()
        .map(analyzer -> analyzer.analyze(failure))
        .filter(Objects::nonNull)
        .findFirst()
        .map(StartFailureTest::text)
        .orElseThrow(() -> new AssertionError("no analysis", failure));
  }

  private static String text(FailureAnalysis analysis) {
    return analysis.getDescription() + "\n" + analysis.getAction();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "spring.data.redis.host=localhost",
    "jedis-failover.nodes=",
    "jedis-failover.enabled=false;jedis-failover.nodes=a:1"
  })
  void isNotThereUnlessItIsAskedFor(String properties) {
    RUNNER
        .withPropertyValues(properties.split(";"))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean(RedisFailoverClient.class)
                    .doesNotHaveBean(JedisFailoverHealthIndicator.class));
  }
}
