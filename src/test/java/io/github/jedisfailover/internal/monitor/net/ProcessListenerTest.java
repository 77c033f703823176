package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.config.PubSubBuffer;
import io.github.jedisfailover.internal.monitor.conf.ConfException;
import io.github.jedisfailover.internal.monitor.conf.ConfReader;
import io.github.jedisfailover.internal.monitor.conf.Surroundings;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessListenerTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "port 1, 1048576, 262144, 60",
    "client-output-buffer-limit pubsub 32mb 8mb 60, 1048576, 262144, 60",
    "client-output-buffer-limit normal 1 1 1, 1048576, 262144, 60",
    "client-output-buffer-limit pubsub 2mb 64kb 5, 2097152, 65536, 5",
    "client-output-buffer-limit pubsub 0 0 0, 268435456, 268435456, 0",
    "client-output-buffer-limit pubsub 1 1 7200, 1024, 1024, 3600",
    "client-output-buffer-limit pubsub 16gb 1kb 1, 268435456, 1024, 1",
    "client-output-buffer-limit pubsub 1mb 2mb 1, 1048576, 1048576, 1"
  })
  void slowSubscribersAreTreatedAsTheLineSays(String line, int hard, int soft, int seconds)
      throws ConfException {
    PubSubBuffer buffer =
        ProcessListener.config(
                ConfReader.read(line + "\n", "", Surroundings.unchecked("/")).process())
            .pubSubBuffer();
    assertThat(buffer).isEqualTo(new PubSubBuffer(hard, soft, Duration.ofSeconds(seconds)));
  }
}
