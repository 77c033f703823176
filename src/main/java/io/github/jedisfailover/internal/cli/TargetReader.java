package io.github.jedisfailover.internal.cli;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.internal.settings.NamedSettings;
import io.github.jedisfailover.internal.settings.SettingUri;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redis.clients.jedis.DefaultJedisClientConfig;

/** From options, environment and files. A URI counts least, then the environment, then options. */
final class TargetReader {
  /** What a command needs of all that a URI may set. */
  private static final Set<String> USED =
      Set.of(
          "nodes",
          "masterName",
          "user",
          "password",
          "addressMap",
          "tls",
          "tlsVerify",
          "trustStore",
          "trustStorePassword",
          "keyStore",
          "keyStorePassword",
          "sentinels",
          "sentinelUser",
          "sentinelPassword",
          "sentinelTls");

  private final ConnectionOptions options;
  private final Map<String, String> environment;
  private final Map<String, String> values = new LinkedHashMap<>();

  private TargetReader(ConnectionOptions options, Map<String, String> environment) {
    this.options = options;
    this.environment = environment;
  }

  /**
   * @throws IllegalArgumentException naming the setting, the rule and the value
   */
  static Target read(ConnectionOptions options, Map<String, String> environment) {
    return new TargetReader(options, environment).target();
  }

  private Target target() {
    uri();
    variable("password", ConnectionOptions.PASSWORD);
    variable("sentinelPassword", ConnectionOptions.SENTINEL_PASSWORD);
    variable("trustStorePassword", ConnectionOptions.TRUST_STORE_PASSWORD);
    variable("keyStorePassword", ConnectionOptions.KEY_STORE_PASSWORD);
    options();
    if (!values.containsKey("sentinels") && !values.containsKey("nodes")) {
      throw new ExitException(
          Exit.USAGE,
          "the deployment must be named: --sentinels, --nodes, --uri or the variable "
              + ConnectionOptions.URI);
    }
    NamedSettings named = named(values);
    FailoverConfig group = named.build();
    Map<String, String> login = new HashMap<>(values);
    login.keySet().removeAll(List.of("sentinels", "nodes"));
    return new Target(
        group.masterName(),
        named.sentinels(),
        group.nodes(),
        group.clientConfig(),
        named.sentinelLogin(
            DefaultJedisClientConfig.builder()
                .hostAndPortMapper(group.clientConfig().getHostAndPortMapper())
                .build()),
        Map.copyOf(login),
        group.clientConfig().getConnectionTimeoutMillis());
  }

  private static NamedSettings named(Map<String, String> values) {
    NamedSettings named = new NamedSettings(FailoverConfig.builder());
    named.add(values);
    return named;
  }

  private void uri() {
    String uri = options.uri == null ? environment.get(ConnectionOptions.URI) : options.uri;
    if (uri == null || uri.isBlank()) {
      return;
    }
    Map<String, String> all = SettingUri.parse(uri);
    named(all); // what is not used here must be right too
    all.forEach(
        (name, value) -> {
          if (USED.contains(name)) {
            values.put(name, value);
          }
        });
    // This program votes for nobody: it asks the monitors of the application as it would Sentinels.
    put("sentinels", all.get("monitors"));
    if (!values.containsKey("sentinelPassword")) {
      put("sentinelPassword", all.get("listener.requirePass"));
    }
  }

  private void options() {
    put("sentinels", options.sentinels);
    put("nodes", options.nodes);
    put("masterName", options.masterName);
    put("user", options.user);
    put("password", secret(options.passwordFile, "--password-file"));
    put("sentinelUser", options.sentinelUser);
    put("sentinelPassword", secret(options.sentinelPasswordFile, "--sentinel-password-file"));
    put("tls", options.tls ? "true" : null);
    put("sentinelTls", options.sentinelTls ? "true" : null);
    put("tlsVerify", options.tlsVerify);
    put("trustStore", options.trustStore == null ? null : options.trustStore.toString());
    put("keyStore", options.keyStore == null ? null : options.keyStore.toString());
    put("addressMap", options.addressMap);
    put("connectionTimeout", timeout(options.timeout));
    put("socketTimeout", options.timeout);
    if (options.askPassword) {
      values.put("password", asked());
    }
  }

  private static String timeout(String text) {
    String setting = "connectionTimeout";
    try {
      named(Map.of(setting, text));
      return text;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage().replace(setting, "--timeout"), e);
    }
  }

  private void variable(String setting, String variable) {
    String value = environment.getOrDefault(variable, "");
    put(setting, value.isEmpty() ? null : value);
  }

  private void put(String setting, String value) {
    if (value != null) {
      values.put(setting, value);
    }
  }

  private static String secret(Path file, String option) {
    if (file == null) {
      return null;
    }
    try {
      String line = Files.readString(file, StandardCharsets.UTF_8).lines().findFirst().orElse("");
      if (line.isEmpty()) {
        throw new IllegalArgumentException(
            option + " must be a file whose first line is the password, was empty: " + file);
      }
      return line;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          option + " must be a file that can be read, was " + file, e);
    }
  }

  private static String asked() {
    Console console = System.console();
    char[] typed = console == null ? null : console.readPassword("Password of the nodes: ");
    if (typed == null) {
      throw new IllegalArgumentException(
          "--ask-password must be used on a terminal, there is none");
    }
    return new String(typed);
  }
}
