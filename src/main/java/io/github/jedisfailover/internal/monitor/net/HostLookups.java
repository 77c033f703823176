package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks names up on a thread of its own: a slow name server would hold up the core, which Sentinel
 * takes for a pause of the whole process. With a full queue a question is dropped; it comes again.
 */
final class HostLookups {
  private static final Logger log = LoggerFactory.getLogger(HostLookups.class);
  private static final int CAPACITY = 100;

  private final Consumer<CoreInput> core;
  private final BlockingQueue<String> hosts = new ArrayBlockingQueue<>(CAPACITY);

  HostLookups(Consumer<CoreInput> core) {
    this.core = core;
  }

  void start(DaemonThreads threads) {
    threads.start("names", this::run);
  }

  /** Never blocks. */
  void ask(String host) {
    if (!hosts.offer(host)) {
      log.debug("too many names to look up, {} has to wait", host);
    }
  }

  private void run() {
    try {
      while (true) {
        String host = hosts.take();
        if (now(host).isEmpty()) {
          log.debug("no address of {}", host);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the answer, and tells the core of it. */
  Optional<String> now(String host) {
    try {
      String ip = InetAddress.getByName(host).getHostAddress();
      core.accept(new CoreInput.HostResolved(host, ip));
      return Optional.of(ip);
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
