package io.github.jedisfailover.internal.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisConnectionException;

class AwaitTest {
  @Test
  void anAnswerThatIsNotGivenIsAskedForAgain() {
    AtomicInteger asked = new AtomicInteger();
    Await.until(
        "answer",
        Duration.ofSeconds(30),
        () -> {
          if (asked.incrementAndGet() < 3) {
            throw new JedisConnectionException("not yet");
          }
          return true;
        },
        () -> "never asked");
  }

  @Test
  void whenTheTimeIsUpTheMessageSaysHowThingsStand() {
    JedisConnectionException last = new JedisConnectionException("refused");
    assertThatThrownBy(
            () ->
                Await.until(
                    "master other than 127.0.0.1:7000",
                    Duration.ZERO,
                    () -> {
                      throw last;
                    },
                    () -> "Nodes: all dead"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no master other than 127.0.0.1:7000 within 0 s. Nodes: all dead")
        .hasCause(last);
  }
}
