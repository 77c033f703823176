package io.github.jedisfailover.internal.monitor.core;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code SENTINEL CONFIG SET} and {@code SENTINEL DEBUG}: settings of the whole process. */
final class ConfigOrder {
  private static final Set<String> ADDRESSES =
      Set.of("resolve-hostnames", "announce-hostnames", "announce-ip", "announce-port");
  private static final Set<String> LEVELS =
      Set.of("debug", "verbose", "notice", "warning", "nothing");

  private final CoreState s;

  ConfigOrder(CoreState state) {
    this.s = state;
  }

  /** As 7.4, which takes several options and checks all before it takes one. */
  OrderResult set(List<String> words) {
    Set<String> seen = new HashSet<>();
    GlobalSettings next = s.global;
    for (int i = 0; i < words.size(); i += 2) {
      String option = words.get(i);
      String key = option.toLowerCase(Locale.ROOT);
      if (!seen.add(key)) {
        return refused("Duplicate argument '" + option + "' to SENTINEL CONFIG SET");
      }
      if (i + 1 == words.size()) {
        return known(key)
            ? refused("Missing argument '" + option + "' value")
            : refused("Invalid argument '" + option + "' to SENTINEL CONFIG SET");
      }
      if (!known(key)) {
        return refused("Invalid argument '" + option + "' to SENTINEL CONFIG SET");
      }
      String value = words.get(i + 1);
      Optional<GlobalSettings> changed = changed(next, key, value);
      if (changed.isEmpty()) {
        return refused("Invalid value '" + value + "' to SENTINEL CONFIG SET '" + option + "'");
      }
      if (ADDRESSES.contains(key) && !s.discovers) {
        return refused(option + " is configured by the application that this monitor is part of");
      }
      next = changed.get();
    }
    use(next);
    return new OrderResult.Done();
  }

  private static boolean known(String key) {
    return ADDRESSES.contains(key)
        || Set.of("sentinel-user", "sentinel-pass", "loglevel").contains(key);
  }

  private static Optional<GlobalSettings> changed(GlobalSettings now, String key, String value) {
    Login login = now.login();
    return switch (key) {
      case "resolve-hostnames" ->
          yesOrNo(value).map(yes -> now.withHostnames(yes, now.announceHostnames()));
      case "announce-hostnames" ->
          yesOrNo(value).map(yes -> now.withHostnames(now.resolveHostnames(), yes));
      case "announce-ip" -> Optional.of(now.withAnnounced(value, now.announcePort()));
      case "announce-port" ->
          Numbers.integer(value)
              .filter(n -> n >= 0 && n <= 65_535)
              .map(n -> now.withAnnounced(now.announceIp(), n.intValue()));
      case "sentinel-user" -> Optional.of(now.withLogin(new Login(value, login.password())));
      case "sentinel-pass" -> Optional.of(now.withLogin(new Login(login.user(), value)));
      default ->
          Optional.of(value.toLowerCase(Locale.ROOT))
              .filter(LEVELS::contains)
              .map(now::withLogLevel);
    };
  }

  private static Optional<Boolean> yesOrNo(String value) {
    if (value.equalsIgnoreCase("yes")) {
      return Optional.of(true);
    }
    return value.equalsIgnoreCase("no") ? Optional.of(false) : Optional.empty();
  }

  private void use(GlobalSettings next) {
    boolean newLogin = !next.login().equals(s.global.login());
    s.global = next;
    s.act(new CoreAction.UseGlobals(next, s.periods));
    if (newLogin) {
      s.peers.values().stream()
          .filter(p -> p.link.up())
          .forEach(p -> s.act(new CoreAction.CutLink(p.target)));
    }
  }

  /** Pair after pair: those before an error stay, as in Sentinel. */
  OrderResult debug(List<String> words) {
    for (int i = 0; i < words.size(); i += 2) {
      String name = words.get(i);
      Optional<Period> period = Period.named(name);
      if (period.isEmpty() || i + 1 == words.size()) {
        return refused("Unknown option or number of arguments for SENTINEL DEBUG '" + name + "'");
      }
      String value = words.get(i + 1);
      Optional<Long> millis = Numbers.integer(value).filter(n -> n > 0 && n < Long.MAX_VALUE / 16);
      if (millis.isEmpty()) {
        return refused("Invalid argument '" + value + "' for SENTINEL DEBUG '" + name + "'");
      }
      s.periods = s.periods.with(period.get(), millis.get());
    }
    s.act(new CoreAction.UseGlobals(s.global, s.periods));
    return new OrderResult.Done();
  }

  private static OrderResult refused(String text) {
    return new OrderResult.Refused("ERR " + text);
  }
}
