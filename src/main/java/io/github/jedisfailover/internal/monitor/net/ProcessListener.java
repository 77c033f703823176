package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.config.PubSubBuffer;
import io.github.jedisfailover.internal.monitor.conf.ProcessSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The listener's settings as a {@code sentinel.conf} gives them, under Redis' names. */
final class ProcessListener {
  /** Each connection has a thread: fewer than Redis' 10,000 that do nothing else. */
  private static final long MOST_CLIENTS = 10_000;

  private static final long LONGEST_TIMEOUT_SECONDS = Duration.ofHours(24).toSeconds();

  private static final int LEAST_BYTES = 1024;
  private static final int MOST_BYTES = 256 * 1024 * 1024;
  private static final long LONGEST_SOFT_SECONDS = Duration.ofHours(1).toSeconds();

  private ProcessListener() {}

  /** A limit of 0 is none in Redis; here it is the highest there is. */
  private static PubSubBuffer buffer(List<String> limits) {
    List<String> pubSub = limits.subList(limits.indexOf("pubsub") + 1, limits.size());
    List<String> redis = List.of("33554432", "8388608", "60");
    if (pubSub.equals(redis)) {
      return PubSubBuffer.DEFAULT;
    }
    int hard = bytes(pubSub.get(0), MOST_BYTES);
    int soft = bytes(pubSub.get(1), hard);
    long seconds = Math.min(Long.parseLong(pubSub.get(2)), LONGEST_SOFT_SECONDS);
    return new PubSubBuffer(hard, soft, Duration.ofSeconds(seconds));
  }

  private static int bytes(String limit, int most) {
    long bytes = Long.parseUnsignedLong(limit);
    boolean beyond = bytes == 0 || Long.compareUnsigned(bytes, most) > 0;
    return beyond ? most : (int) Math.max(bytes, LEAST_BYTES);
  }

  static ListenerConfig config(ProcessSettings process) {
    ListenerConfig.Builder config =
        ListenerConfig.builder()
            .protectedMode(process.protectedMode())
            .maxClients((int) Math.min(process.maxclients(), MOST_CLIENTS))
            .timeout(
                Duration.ofSeconds(Math.min(process.timeoutSeconds(), LONGEST_TIMEOUT_SECONDS)))
            .pubSubBuffer(buffer(process.value("client-output-buffer-limit")))
            .aclLogMaxLen((int) Math.min(process.number("acllog-max-len"), 10_000));
    if (process.aclfile().isPresent()) {
      // as in Redis: the file has the last word on all users, the default one included
      String file = process.aclfile().get();
      return config.aclFile(Path.of(process.dir().orElse("")).resolve(file)).build();
    }
    process.requirepass().ifPresent(config::requirePass);
    return config
        .users(
            process.users().entrySet().stream()
                .map(user -> user.getKey() + " " + String.join(" ", user.getValue()))
                .toArray(String[]::new))
        .build();
  }
}
