package io.github.jedisfailover.testing.containers;

import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.utility.DockerImageName;

/** Whether tests with containers can run here. */
public final class Engine {
  private Engine() {}

  /** Skips the test, and says why, where there is no engine or no image. */
  public static void assume() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      skip("no Docker engine answers");
    }
    String image = RedisReplicationContainers.configuredImage();
    try {
      new RemoteDockerImage(DockerImageName.parse(image)).get();
    } catch (Exception e) {
      skip("the image " + image + " cannot be had: " + e.getMessage());
    }
  }

  /** The reports keep the reason too, but nobody looks there for what did not fail. */
  private static void skip(String reason) {
    System.out.println("Tests with containers are skipped: " + reason);
    Assumptions.abort(reason);
  }
}
