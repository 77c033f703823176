package io.github.jedisfailover.testsupport;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.testing.LocalMonitors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.DefaultJedisClientConfig;

/**
 * Many clients that are no voters, each as in an application of its own, in one JVM. Prints {@code
 * SWAP client microseconds master} when one of them uses another master; answers each line of its
 * standard input by {@code THREADS role=number ...} and ends with it.
 */
public final class ObserversMain {
  /** How the connections of the pools are named in the CLIENT LIST of a node. */
  public static final String POOL_NAME = "application";

  private ObserversMain() {}

  /**
   * @param args voters, nodes (lists with commas), name of the first client, number of clients
   */
  public static void main(String[] args) throws IOException {
    List<RedisFailoverClient> clients = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      clients.add(client(args[0], args[1], args[2] + "x" + i));
    }
    System.out.println("READY " + clients.size());
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (in.readLine() != null) {
      System.out.println("THREADS " + threads());
    }
    clients.forEach(RedisFailoverClient::close);
  }

  private static RedisFailoverClient client(String voters, String nodes, String name) {
    RedisFailoverClient client =
        RedisFailoverClient.builder()
            .masterName(LocalMonitors.NAME)
            .clientName(name)
            .nodes(nodes.split(","))
            .clientConfig(DefaultJedisClientConfig.builder().clientName(POOL_NAME).build())
            .startTimeout(Duration.ofSeconds(60))
            .listener(new Printer())
            .monitor(MonitorConfig.builder().voters(voters.split(",")).build())
            .build();
    client.set(name, "1");
    return client;
  }

  /** Threads of the clients by what they do, without the client's name and number. */
  private static String threads() {
    Map<String, Integer> roles = new TreeMap<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("ha-")) {
        String role = thread.getName().replaceFirst("ha-\\w+-", "").replaceFirst("-\\d+$", "");
        roles.merge(role, 1, Integer::sum);
      }
    }
    StringBuilder text = new StringBuilder();
    roles.forEach((role, number) -> text.append(role).append('=').append(number).append(' '));
    return text.toString().strip();
  }

  private static final class Printer implements FailoverListener {
    @Override
    public void onTopologyChanged(FailoverEvent.TopologyChanged event) {
      if (event.masterChanged() && event.after().master().isPresent()) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, event.at());
        String master = event.after().master().get().address().toString();
        System.out.println("SWAP " + event.client() + " " + micros + " " + master);
      }
    }
  }
}
