package io.github.jedisfailover.internal.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which deployment, and how to get in. The environment has the rest. */
final class ConnectionOptions {
  static final String URI = "JEDIS_FAILOVER_URI";
  static final String PASSWORD = "JEDIS_FAILOVER_PASSWORD";
  static final String SENTINEL_PASSWORD = "JEDIS_FAILOVER_SENTINEL_PASSWORD";
  static final String TRUST_STORE_PASSWORD = "JEDIS_FAILOVER_TRUST_STORE_PASSWORD";
  static final String KEY_STORE_PASSWORD = "JEDIS_FAILOVER_KEY_STORE_PASSWORD";

  @Option(
      names = {"-s", "--sentinels"},
      paramLabel = "HOST:PORT,...",
      description = "Monitors or Redis Sentinels; one is enough, it knows the others.")
  String sentinels;

  @Option(
      names = {"-n", "--nodes"},
      paramLabel = "HOST:PORT,...",
      description = "Redis servers; without monitors, or besides them.")
  String nodes;

  @Option(
      names = {"-m", "--master-name"},
      paramLabel = "NAME",
      description = "Name of the group (default: mymaster).")
  String masterName;

  @Option(
      names = {"-u", "--uri"},
      paramLabel = "URI",
      description =
          "redis+failover://... as the client takes it. With a password in it, use the variable"
              + " "
              + URI
              + " instead: arguments are seen by all.")
  String uri;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "User of the nodes (default: the default user).")
  String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Its first line is the nodes' password. Or set the variable " + PASSWORD + ".")
  Path passwordFile;

  @Option(names = "--ask-password", description = "Ask for the nodes' password on the terminal.")
  boolean askPassword;

  @Option(names = "--sentinel-user", paramLabel = "NAME", description = "User of the monitors.")
  String sentinelUser;

  @Option(
      names = "--sentinel-password-file",
      paramLabel = "FILE",
      description = "The monitors' password. Or set the variable " + SENTINEL_PASSWORD + ".")
  Path sentinelPasswordFile;

  @Option(names = "--tls", description = "TLS to the nodes.")
  boolean tls;

  @Option(names = "--sentinel-tls", description = "TLS to the monitors.")
  boolean sentinelTls;

  @Option(
      names = "--tls-verify",
      paramLabel = "HOW",
      description = "full (default), ca (not the host name) or insecure.")
  String tlsVerify;

  @Option(
      names = "--trust-store",
      paramLabel = "FILE",
      description =
          "Key store with the certificates to trust; its password in " + TRUST_STORE_PASSWORD + ".")
  Path trustStore;

  @Option(
      names = "--key-store",
      paramLabel = "FILE",
      description =
          "Key store with our own certificate; its password in " + KEY_STORE_PASSWORD + ".")
  Path keyStore;

  @Option(
      names = "--address-map",
      paramLabel = "ANNOUNCED=DIALLED,...",
      description = "Where announced addresses are dialled from here (NAT, containers).")
  String addressMap;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "2s",
      description = "How long connecting may take, and a reply (default: ${DEFAULT-VALUE}).")
  String timeout;
}
