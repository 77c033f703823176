package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.acl.Glob;
import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.internal.monitor.core.GlobalSettings;
import io.github.jedisfailover.internal.monitor.core.Order;
import io.github.jedisfailover.internal.monitor.core.PendingScript;
import io.github.jedisfailover.internal.monitor.core.Period;
import io.github.jedisfailover.internal.monitor.core.Simulated;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/** The subcommands of SENTINEL by which an operator changes the monitor, or looks into it. */
final class OperatorCommands {
  private static final String CONFIG_SHAPES =
      "ERR Only SENTINEL CONFIG GET <option> / SET <option> <value> are supported.";

  private static final String LOG_LEVEL = "loglevel";

  private OperatorCommands() {}

  static Map<String, Command> subcommands() {
    return Map.ofEntries(
        Map.entry("failover", new Command(3, r -> order(new Order.Failover(r.arg(2))))),
        Map.entry("switchover", new Command(-3, OperatorCommands::switchover)),
        Map.entry("reset", new Command(3, OperatorCommands::reset)),
        Map.entry("monitor", new Command(6, OperatorCommands::monitor)),
        Map.entry("remove", new Command(3, r -> order(new Order.Remove(r.arg(2))))),
        Map.entry("set", new Command(-5, OperatorCommands::set)),
        Map.entry("flushconfig", new Command(2, r -> order(new Order.FlushConfig()))),
        Map.entry("config", new Command(-3, OperatorCommands::config)),
        Map.entry("info-cache", new Command(-3, OperatorCommands::infoCache)),
        Map.entry("pending-scripts", new Command(2, OperatorCommands::pendingScripts)),
        Map.entry("simulate-failure", new Command(-3, OperatorCommands::simulate)),
        Map.entry("debug", new Command(-2, OperatorCommands::debug)));
  }

  private static Served order(Order order) {
    return new Served.AskOperator(order);
  }

  /** Our own: {@code SENTINEL SWITCHOVER <master-name> [<host> <port>]}. */
  private static Served switchover(Request request) {
    Optional<NodeAddress> to = Optional.empty();
    if (request.size() == 5) {
      to = Addresses.of(request.arg(3), request.arg(4));
      if (to.isEmpty()) {
        return request.error("ERR the replica must be given as host and port 1..65535");
      }
    } else if (request.size() != 3) {
      return request.error("ERR SENTINEL SWITCHOVER takes <master-name> [<host> <port>]");
    }
    return order(new Order.Switchover(request.arg(2), to));
  }

  private static Served reset(Request request) {
    List<String> names =
        request.server().view().masters().stream()
            .map(CoreView.Master::name)
            .filter(name -> Glob.matches(request.arg(2), name))
            .toList();
    return order(new Order.Reset(names));
  }

  /** Checked in Sentinel's order; what is left needs the state. */
  private static Served monitor(Request request) {
    var quorum = Numbers.parse(request.arg(5));
    var port = Numbers.parse(request.arg(4));
    if (quorum.isEmpty()) {
      return request.error("ERR Invalid quorum");
    }
    if (port.isEmpty()) {
      return request.error("ERR Invalid port");
    }
    if (quorum.getAsLong() <= 0) {
      return request.error("ERR Quorum must be 1 or greater.");
    }
    if (!request.server().isHost(request.arg(3))) {
      return request.error("ERR Invalid IP address or hostname specified");
    }
    int quorumBound = (int) Math.min(Integer.MAX_VALUE, quorum.getAsLong());
    int portBound = (int) Math.max(-1, Math.min(Integer.MAX_VALUE, port.getAsLong()));
    return order(new Order.Monitor(request.arg(2), request.arg(3), portBound, quorumBound));
  }

  private static Served set(Request request) {
    List<String> words = request.from(3);
    List<String> executable = new ArrayList<>();
    for (int i = 0; i + 1 < words.size(); i++) {
      if (words.get(i).toLowerCase(Locale.ROOT).endsWith("-script")
          && request.server().isExecutable(words.get(i + 1))) {
        executable.add(words.get(i + 1));
      }
    }
    return order(new Order.Set(request.arg(2), words, executable));
  }

  private static Served config(Request request) {
    if (request.size() >= 4 && request.lower(2).equals("get")) {
      return request.answer(configGet(request));
    }
    if (request.size() >= 5 && request.lower(2).equals("set")) {
      return order(new Order.ConfigSet(request.from(3)));
    }
    return request.error(CONFIG_SHAPES);
  }

  /**
   * Each option once, in Sentinel's order, whatever the order of the patterns. A pattern finds what
   * 7.0.15 has; {@code loglevel}, which 7.4 added, is shown to those who ask for it by its name.
   */
  private static Reply configGet(Request request) {
    GlobalSettings global = request.server().view().global();
    Map<String, String> options = new LinkedHashMap<>();
    options.put("resolve-hostnames", yesOrNo(global.resolveHostnames()));
    options.put("announce-hostnames", yesOrNo(global.announceHostnames()));
    options.put("announce-ip", global.announceIp());
    options.put("announce-port", Integer.toString(global.announcePort()));
    options.put("sentinel-user", global.login().user());
    options.put("sentinel-pass", global.login().password());
    options.put(LOG_LEVEL, global.logLevel());
    List<String> flat = new ArrayList<>();
    options.forEach(
        (name, value) -> {
          if (request.from(3).stream().anyMatch(pattern -> finds(pattern, name))) {
            flat.add(name);
            flat.add(value);
          }
        });
    return Reply.Pairs.ofBulks(flat);
  }

  private static boolean finds(String pattern, String option) {
    String lower = pattern.toLowerCase(Locale.ROOT);
    return option.equals(LOG_LEVEL) ? lower.equals(option) : Glob.matches(lower, option);
  }

  private static String yesOrNo(boolean value) {
    return value ? "yes" : "no";
  }

  private static Served infoCache(Request request) {
    CoreView view = request.server().view();
    List<Reply> reply = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>(request.from(2));
    for (String name : names) {
      view.master(name)
          .ifPresent(
              m -> {
                List<Reply> nodes = new ArrayList<>();
                nodes.add(cached(m.redis()));
                m.replicas().forEach(r -> nodes.add(cached(r.redis())));
                reply.add(new Reply.Bulk(name));
                reply.add(new Reply.Array(nodes));
              });
    }
    return request.answer(new Reply.Array(reply));
  }

  private static Reply cached(CoreView.RedisPart redis) {
    Reply text = redis.info().isEmpty() ? new Reply.NullBulk() : new Reply.Bulk(redis.info());
    return new Reply.Array(List.of(new Reply.Int(redis.infoRefreshMillis()), text));
  }

  private static Served pendingScripts(Request request) {
    return request.answer(
        new Reply.Array(
            request.server().scripts().stream().map(OperatorCommands::script).toList()));
  }

  private static Reply script(PendingScript s) {
    return new Reply.Pairs(
        List.of(
            new Reply.Pair("argv", Reply.bulks(s.arguments().toArray(String[]::new))),
            new Reply.Pair("flags", new Reply.Bulk(s.running() ? "running" : "scheduled")),
            new Reply.Pair("pid", new Reply.Bulk(Long.toString(s.pid()))),
            new Reply.Pair(
                s.running() ? "run-time" : "run-delay", new Reply.Bulk(Long.toString(s.millis()))),
            new Reply.Pair("retry-num", new Reply.Bulk(Integer.toString(s.retries())))));
  }

  /** Flags before an unknown one are set all the same in Sentinel; here it is all or nothing. */
  private static Served simulate(Request request) {
    ToIntFunction<String> bit =
        flag ->
            switch (flag.toLowerCase(Locale.ROOT)) {
              case "crash-after-election" -> Simulated.CRASH_AFTER_ELECTION;
              case "crash-after-promotion" -> Simulated.CRASH_AFTER_PROMOTION;
              default -> 0;
            };
    int flags = 0;
    for (String flag : request.from(2)) {
      if (flag.equalsIgnoreCase("help")) {
        return request.answer(Reply.bulks("crash-after-election", "crash-after-promotion"));
      }
      if (bit.applyAsInt(flag) == 0) {
        return request.error("ERR Unknown failure simulation specified");
      }
      flags |= bit.applyAsInt(flag);
    }
    return order(new Order.SimulateFailure(flags));
  }

  private static Served debug(Request request) {
    if (request.size() > 2) {
      return order(new Order.Debug(request.from(2)));
    }
    CoreView view = request.server().view();
    List<String> flat = new ArrayList<>();
    for (Period p : Period.values()) {
      flat.add(p.wireName());
      flat.add(Long.toString(view.periods().get(p)));
    }
    return request.answer(Reply.Pairs.ofBulks(flat));
  }
}
