package io.github.jedisfailover.internal.doctor;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A master, two replicas and three monitors on six hosts with nothing wrong, to be spoilt. */
final class Deployment {
  static final String MASTER = "10.0.0.1:6379";
  static final String ONE = "10.0.0.2:6379";
  static final String TWO = "10.0.0.3:6379";

  final Map<String, Server> servers = new TreeMap<>();
  final Map<String, Watcher> watchers = new TreeMap<>();
  OptionalLong rate = OptionalLong.of(1_000);

  /** One Redis server. */
  static final class Server {
    final Map<String, String> info = new HashMap<>();
    final Map<String, String> config = new HashMap<>();
    Optional<Boolean> open = Optional.of(false);
    long watchers = 3;
    long aheadMillis;
    String problem = "";

    Server(String address) {
      info.put("run_id", "id-" + address);
      info.put("redis_version", "7.0.15");
      info.put("config_file", "/etc/redis.conf");
      config.put("save", "");
      config.put("appendonly", "yes");
      config.put("maxmemory", "1073741824");
      config.put("min-replicas-to-write", "1");
      config.put("repl-backlog-size", "67108864");
      config.put("replica-read-only", "yes");
      config.put("protected-mode", "no");
      config.put("bind", "* -::*");
      config.put("masterauth", NodeFacts.SECRET);
      config.put(
          "client-output-buffer-limit",
          "normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60");
    }

    void master(String... followers) {
      info.put("role", "master");
      info.put("master_repl_offset", "5000");
      info.put("min_slaves_good_slaves", "" + followers.length);
      for (int i = 0; i < followers.length; i++) {
        String[] parts = followers[i].split(":");
        info.put(
            "slave" + i,
            "ip=" + parts[0] + ",port=" + parts[1] + ",state=online,offset=4990,lag=1");
      }
    }

    void replicaOf(String master) {
      String[] parts = master.split(":");
      info.put("role", "slave");
      info.put("master_host", parts[0]);
      info.put("master_port", parts[1]);
      info.put("master_link_status", "up");
      info.put("slave_repl_offset", "4990");
      info.put("slave_priority", "100");
    }
  }

  /** One monitor. */
  static final class Watcher {
    final Map<String, String> master = new HashMap<>();
    final List<Map<String, String>> replicas = new ArrayList<>();
    final List<Map<String, String>> peers = new ArrayList<>();
    String host;
    String check = "OK 3 usable Sentinels";
    String problem = "";
    boolean tilt;

    Watcher(String address) {
      host = address.split(":")[0];
      master.putAll(instance(MASTER));
      master.put("config-epoch", "4");
      master.put("quorum", "2");
      master.put("down-after-milliseconds", "2000");
      replicas.add(instance(ONE));
      replicas.add(instance(TWO));
    }
  }

  static Map<String, String> instance(String address) {
    String[] parts = address.split(":");
    Map<String, String> fields = new HashMap<>();
    fields.put("ip", parts[0]);
    fields.put("port", parts[1]);
    fields.put("flags", "");
    fields.put("runid", "id-" + address);
    return fields;
  }

  static Deployment good() {
    Deployment good = new Deployment();
    List.of(MASTER, ONE, TWO).forEach(a -> good.servers.put(a, new Server(a)));
    good.server(MASTER).master(ONE, TWO);
    good.server(ONE).replicaOf(MASTER);
    good.server(TWO).replicaOf(MASTER);
    List<String> monitors = List.of("10.0.1.1:26379", "10.0.1.2:26379", "10.0.1.3:26379");
    for (String monitor : monitors) {
      Watcher watcher = new Watcher(monitor);
      monitors.stream()
          .filter(m -> !m.equals(monitor))
          .forEach(m -> watcher.peers.add(instance(m)));
      good.watchers.put(monitor, watcher);
    }
    return good;
  }

  Server server(String address) {
    return servers.get(address);
  }

  Watcher watcher(int number) {
    return watchers.get("10.0.1." + number + ":26379");
  }

  Facts facts() {
    List<NodeFacts> nodes = new ArrayList<>();
    servers.forEach(
        (address, s) ->
            nodes.add(
                s.problem.isEmpty()
                    ? new NodeFacts(
                        NodeAddress.parse(address),
                        true,
                        "",
                        s.info,
                        s.config,
                        new NodeFacts.Access(
                            s.open,
                            OptionalLong.of(s.watchers),
                            Optional.of(new NodeFacts.Time(s.aheadMillis, 2))))
                    : NodeFacts.silent(NodeAddress.parse(address), s.problem).asAnnounced()));
    List<MonitorFacts> monitors = new ArrayList<>();
    watchers.forEach(
        (address, w) ->
            monitors.add(
                w.problem.isEmpty()
                    ? new MonitorFacts(
                        NodeAddress.parse(address),
                        w.host,
                        "",
                        "id-" + address,
                        w.master,
                        w.replicas,
                        w.peers,
                        w.check,
                        w.tilt)
                    : MonitorFacts.silent(NodeAddress.parse(address), w.host, w.problem)));
    return new Facts("mymaster", nodes, monitors, rate);
  }
}
