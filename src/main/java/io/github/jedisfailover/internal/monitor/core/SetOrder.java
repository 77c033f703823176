package io.github.jedisfailover.internal.monitor.core;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;

/** {@code SENTINEL SET}: pair after pair, as {@code sentinelSetCommand} in Redis' sentinel.c. */
final class SetOrder {
  private static final String DENIED =
      "ERR Reconfiguration of scripts path is denied for security reasons. Check the"
          + " deny-scripts-reconfig configuration directive in your Sentinel configuration";

  private final CoreState s;

  SetOrder(CoreState state) {
    this.s = state;
  }

  /**
   * @param changed whether at least one pair was taken
   */
  record Outcome(boolean changed, Optional<String> error) {}

  /** Where the reading of one line stands. */
  private static final class Line {
    final Group group;
    final List<String> words;
    final List<String> executable;
    int at;
    boolean changed;
    String error;

    Line(Group group, Order.Set order) {
      this.group = group;
      this.words = order.words();
      this.executable = order.executable();
    }

    String option() {
      return words.get(at);
    }

    String value(int index) {
      return words.get(at + index);
    }

    boolean has(int values) {
      return words.size() - 1 - at >= values;
    }

    void use(MasterSettings settings) {
      group.settings = settings;
    }

    void badValue(int index) {
      error = "ERR Invalid argument '" + value(index) + "' for SENTINEL SET '" + option() + "'";
    }
  }

  Outcome apply(Group g, Order.Set order) {
    Line line = new Line(g, order);
    while (line.at < line.words.size()) {
      int values = option(line);
      if (line.error != null) {
        break;
      }
      line.changed = true;
      event(line, values);
      line.at += 1 + values;
    }
    if (line.changed) {
      s.act(new CoreAction.UseSettings(g.settings));
    }
    return new Outcome(line.changed, Optional.ofNullable(line.error));
  }

  /** Takes one option; returns how many values it has. */
  private int option(Line line) {
    String option = line.option().toLowerCase(Locale.ROOT);
    if (option.equals("rename-command") && line.has(2)) {
      rename(line);
      return 2;
    }
    if (!line.has(1) || !single(line, option)) {
      line.error =
          "ERR Unknown option or number of arguments for SENTINEL SET '" + line.option() + "'";
    }
    return 1;
  }

  private boolean single(Line line, String option) {
    MasterSettings now = line.group.settings;
    long timeout = now.failoverTimeoutMillis();
    long reboot = now.rebootDownAfterMillis();
    switch (option) {
      case "down-after-milliseconds" ->
          number(line, 1, Long.MAX_VALUE / 16, n -> now.withTimes(n, timeout, reboot));
      case "failover-timeout" ->
          number(
              line, 1, Long.MAX_VALUE / 16, n -> now.withTimes(now.downAfterMillis(), n, reboot));
      case "parallel-syncs" ->
          number(line, 1, Integer.MAX_VALUE, n -> now.withParallelSyncs((int) n));
      case "quorum" -> number(line, 1, Integer.MAX_VALUE, n -> now.withQuorum((int) n));
      case "master-reboot-down-after-period" ->
          number(
              line, 0, Long.MAX_VALUE / 16, n -> now.withTimes(now.downAfterMillis(), timeout, n));
      case "notification-script" ->
          script(
              line,
              "Notification script",
              new MasterSettings.Scripts(line.value(1), now.scripts().clientReconfig()));
      case "client-reconfig-script" ->
          script(
              line,
              "Client reconfiguration script",
              new MasterSettings.Scripts(now.scripts().notification(), line.value(1)));
      case "auth-pass" -> login(line, new Login(now.login().user(), line.value(1)));
      case "auth-user" -> login(line, new Login(line.value(1), now.login().password()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void number(
      Line line, long least, long most, LongFunction<MasterSettings> changed) {
    Optional<Long> n = Numbers.integer(line.value(1)).filter(v -> v >= least && v <= most);
    if (n.isPresent()) {
      line.use(changed.apply(n.get()));
    } else {
      line.badValue(1);
    }
  }

  private void script(Line line, String what, MasterSettings.Scripts next) {
    String path = line.value(1);
    if (s.global.denyScriptsReconfig()) {
      line.error = DENIED;
    } else if (!path.isEmpty() && !line.executable.contains(path)) {
      line.error = "ERR " + what + " seems non existing or non executable";
    } else {
      line.use(line.group.settings.withScripts(next));
    }
  }

  /** Sentinel drops the connections so that the next ones introduce themselves anew. */
  private void login(Line line, Login next) {
    line.use(line.group.settings.withLogin(next));
    s.act(new CoreAction.UseSettings(line.group.settings));
    line.group.nodes().forEach(n -> s.act(new CoreAction.CutLink(n.target)));
  }

  private static void rename(Line line) {
    String from = line.value(1);
    String to = line.value(2);
    if (from.isEmpty() || to.isEmpty()) {
      line.badValue(to.isEmpty() ? 2 : 1);
    } else {
      line.use(line.group.settings.withRenamed(from, to));
    }
  }

  private void event(Line line, int values) {
    boolean secret = line.option().equalsIgnoreCase("auth-pass");
    StringBuilder text = new StringBuilder(Texts.master(line.group));
    text.append(' ').append(line.option());
    text.append(' ').append(secret ? "******" : line.value(1));
    if (values == 2) {
      text.append(' ').append(line.value(2));
    }
    s.warn(line.group, "+set", text.toString());
  }
}
