package io.github.jedisfailover.testing.containers;

import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.utility.DockerImageName;

/** Whether tests with containers can run here. */
public final class Engine {
  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  private Engine() {}

  /** Skips the test, and says why, where there is no engine or no image. */
  public static void assume() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      skip("no Docker engine answers");
    }
    try (RedisReplicationContainers group = new RedisReplicationContainers()) {
      imageOf(group);
    }
  }

  private static void imageOf(RedisReplicationContainers group) {
    String image = group.getDockerImageName();
    try {
      new RemoteDockerImage(DockerImageName.parse(image)).get();
    } catch (Exception e) {
      skip("the image " + image + " cannot be had: " + e.getMessage());
    }
  }

  private static void skip(String reason) {
    log.warn("tests with containers are skipped: {}", reason);
    Assumptions.abort(reason);
  }
}
