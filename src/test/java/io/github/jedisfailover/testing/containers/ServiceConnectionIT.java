package io.github.jedisfailover.testing.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.integration.spring.JedisFailoverAutoConfiguration;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import io.github.jedisfailover.topology.TopologyView;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;

/** A Spring Boot application whose Redis is a group in containers, with no property of its own. */
class ServiceConnectionIT {
  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    ServiceConnectionAutoConfiguration.class,
    JedisFailoverAutoConfiguration.class,
    DataRedisAutoConfiguration.class
  })
  static class Application {
    /** By this name Boot's own details of a single server are made too, as for an image redis. */
    @Bean
    @ServiceConnection("redis")
    RedisReplicationContainers redis() {
      return new RedisReplicationContainers()
          .withReplicas(1)
          .withPassword("secret")
          .withMasterName("orders");
    }
  }

  private static Predicate<Optional<NodeAddress>> isNot(ContainerNode old) {
    return master -> master.isPresent() && !master.get().equals(old.address());
  }

  @BeforeAll
  static void engine() {
    Engine.assume();
  }

  @Test
  void aTemplateWritesOnAfterItsMasterIsKilled() {
    RedisReplicationContainers group;
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).run()) {
      group = context.getBean(RedisReplicationContainers.class);
      StringRedisTemplate template = context.getBean(StringRedisTemplate.class);
      template.opsForValue().set("k", "v");
      ContainerNode first = group.master();
      first.kill();
      TopologyView topology = context.getBean(RedisFailoverClient.class).topology();
      await("another master")
          .atMost(Duration.ofSeconds(30))
          .until(() -> topology.current().master().map(NodeView::address), isNot(first));
      assertThat(template.opsForValue().get("k")).isEqualTo("v");
      template.opsForValue().set("k", "w");
    }
    assertThat(group.isRunning()).as("ends with the context").isFalse();
  }
}
