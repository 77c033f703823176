package io.github.jedisfailover.internal.monitor.conf;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The options of plain Redis in a sentinel's file.
 *
 * @param values option, by its modern name, to its value in words; an option that is not named here
 *     has the value that a sentinel starts with
 * @param users {@code user} lines: name to rules, as given
 * @param renamed what {@code rename-command} lines come to: own name of a command, in lower case,
 *     to the name that clients use; empty: to none
 */
public record ProcessSettings(
    Map<String, List<String>> values,
    Map<String, List<String>> users,
    Map<String, String> renamed) {
  /** A sentinel without a file. */
  public static final ProcessSettings DEFAULT = new ProcessSettings(Map.of(), Map.of());

  public ProcessSettings {
    TreeMap<String, List<String>> changed = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          PlainOption option = option(name);
          if (!option.atStart().equals(value)) {
            changed.put(option.name(), List.copyOf(value));
          }
        });
    values = Collections.unmodifiableMap(changed);
    TreeMap<String, List<String>> sorted = new TreeMap<>();
    users.forEach((name, rules) -> sorted.put(name, List.copyOf(rules)));
    users = Collections.unmodifiableMap(sorted);
    renamed = Map.copyOf(renamed);
  }

  /** With all commands by their own names. */
  public ProcessSettings(Map<String, List<String>> values, Map<String, List<String>> users) {
    this(values, users, Map.of());
  }

  private static PlainOption option(String name) {
    return OptionTable.find(name)
        .orElseThrow(() -> new IllegalArgumentException("no option '" + name + "'"));
  }

  /** The value of an option in words, the one a sentinel starts with if none was set. */
  public List<String> value(String option) {
    PlainOption known = option(option);
    return values.getOrDefault(known.name(), known.atStart());
  }

  /** An option with one value; empty if it has none. */
  public Optional<String> text(String option) {
    return value(option).stream().findFirst().filter(v -> !v.isEmpty());
  }

  public boolean flag(String option) {
    return value(option).equals(List.of("yes"));
  }

  /** The value of a numeric option; unsigned where Redis' is. */
  public long number(String option) {
    return Long.parseUnsignedLong(value(option).get(0).replaceFirst("^-", ""))
        * (value(option).get(0).startsWith("-") ? -1 : 1);
  }

  /** The same settings with this option set; for {@code CONFIG SET} and the like. */
  public ProcessSettings with(String option, List<String> value) {
    TreeMap<String, List<String>> changed = new TreeMap<>(values);
    changed.put(option(option).name(), value);
    return new ProcessSettings(changed, users, renamed);
  }

  /** TCP port; 0 for none. */
  public int port() {
    return (int) number("port");
  }

  /** TLS port; 0 for none. */
  public int tlsPort() {
    return (int) number("tls-port");
  }

  /** The port that is told where there is room for one: the plain one, if there is one. */
  public int anyPort() {
    return port() == 0 ? tlsPort() : port();
  }

  /** Addresses to listen on; {@code *} and {@code -::*} mean all of a kind. */
  public List<String> bind() {
    return value("bind");
  }

  /** Absolute working directory, empty if the file was read without one. */
  public Optional<String> dir() {
    return text("dir");
  }

  /** Empty: standard output. */
  public Optional<String> logfile() {
    return text("logfile");
  }

  /** {@code debug}, {@code verbose}, {@code notice} or {@code warning}. */
  public String loglevel() {
    return value("loglevel").get(0);
  }

  public Optional<String> pidfile() {
    return text("pidfile");
  }

  public boolean daemonize() {
    return flag("daemonize");
  }

  /** A sentinel starts with {@code no}, other than a plain server. */
  public boolean protectedMode() {
    return flag("protected-mode");
  }

  public Optional<String> requirepass() {
    return text("requirepass");
  }

  public Optional<String> aclfile() {
    return text("aclfile");
  }

  public long maxclients() {
    return number("maxclients");
  }

  /** Seconds after which an idle client is closed; 0 for never. */
  public long timeoutSeconds() {
    return number("timeout");
  }

  /** Seconds between probes of a silent connection; 0 for none. */
  public long tcpKeepaliveSeconds() {
    return number("tcp-keepalive");
  }

  /** Shows names only: values may be passwords. */
  @Override
  public String toString() {
    return "ProcessSettings" + values.keySet() + users.keySet();
  }
}
