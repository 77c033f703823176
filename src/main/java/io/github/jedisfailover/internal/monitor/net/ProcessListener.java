package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.internal.monitor.conf.ProcessSettings;
import java.nio.file.Path;
import java.time.Duration;

/** The listener's settings as a {@code sentinel.conf} gives them, under Redis' names. */
final class ProcessListener {
  /** Each connection has a thread: fewer than Redis' 10,000 that do nothing else. */
  private static final long MOST_CLIENTS = 10_000;

  private static final long LONGEST_TIMEOUT_SECONDS = Duration.ofHours(24).toSeconds();

  private ProcessListener() {}

  static ListenerConfig config(ProcessSettings process) {
    ListenerConfig.Builder config =
        ListenerConfig.builder()
            .protectedMode(process.protectedMode())
            .maxClients((int) Math.min(process.maxclients(), MOST_CLIENTS))
            .timeout(
                Duration.ofSeconds(Math.min(process.timeoutSeconds(), LONGEST_TIMEOUT_SECONDS)))
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
