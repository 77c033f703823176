package io.github.jedisfailover.testsupport;

import io.github.jedisfailover.testing.Access;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/**
 * TLS on every connection, between the servers too, and no plain port. Clients check the
 * certificate and that it was made for the host they dialled.
 *
 * @param certificate and key in PEM, for the servers, which also trust it
 * @param trusted a key store with the certificate alone, for the clients
 */
public record TlsAccess(Path certificate, Path key, Path trusted) implements Access {
  public static final String STORE_PASSWORD = "changeit";

  private static final char[] PASSWORD = STORE_PASSWORD.toCharArray();
  private static final String ALIAS = "redis";

  /** What keeps these servers from TLS; empty if nothing does. */
  public static String missing() {
    try (RedisServers servers = RedisServers.open()) {
      return servers.binary().missingTls();
    }
  }

  /**
   * Makes a key and a certificate that signs itself.
   *
   * @param hosts whom it is for, in keytool's words: {@code ip:127.0.0.1}
   */
  public static TlsAccess create(Path directory, String hosts) {
    Path both = directory.resolve("server.p12");
    keytool(both, hosts);
    TlsAccess files =
        new TlsAccess(
            directory.resolve("server.crt"),
            directory.resolve("server.key"),
            directory.resolve("trusted.p12"));
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(both)) {
        store.load(in, PASSWORD);
      }
      pem(files.certificate, "CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
      pem(files.key, "PRIVATE KEY", store.getKey(ALIAS, PASSWORD).getEncoded());
      KeyStore clients = KeyStore.getInstance("PKCS12");
      clients.load(null, null);
      clients.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
      try (OutputStream out = Files.newOutputStream(files.trusted)) {
        clients.store(out, PASSWORD);
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no certificate for " + hosts, e);
    }
  }

  /** By the names that settings have for them: the certificate, and whom to trust. */
  public Map<String, Object> stores() {
    return Map.of(
        "keyStore",
        certificate.resolveSibling("server.p12"),
        "keyStorePassword",
        STORE_PASSWORD,
        "trustStore",
        trusted,
        "trustStorePassword",
        STORE_PASSWORD);
  }

  /** Shows this certificate, and trusts it. */
  public SSLContext both() {
    return context(true);
  }

  /** Trusts this certificate, and shows it or none. */
  public SSLContext context(boolean shown) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(certificate.resolveSibling("server.p12"))) {
        store.load(in, PASSWORD);
      }
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, PASSWORD);
      KeyStore own = KeyStore.getInstance("PKCS12"); // another one: the first is read again later
      try (InputStream in = Files.newInputStream(trusted)) {
        own.load(in, PASSWORD);
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(own);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(shown ? keys.getKeyManagers() : null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no TLS with " + certificate, e);
    }
  }

  private static void keytool(Path store, String hosts) {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String made = "-genkeypair -keyalg EC -groupname secp256r1 -validity 2 -storetype PKCS12";
    try {
      ProcessBuilder builder = new ProcessBuilder(keytool.toString());
      builder.command().addAll(List.of(made.split(" ")));
      builder.command().addAll(List.of("-alias", ALIAS, "-dname", "CN=made for a test"));
      builder.command().addAll(List.of("-ext", "BC:critical=ca:true", "-ext", "SAN=" + hosts));
      builder.command().addAll(List.of("-keystore", store.toString()));
      builder.command().addAll(List.of("-storepass", new String(PASSWORD)));
      Process process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(keytool + " failed: " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while making a certificate", e);
    }
  }

  private static void pem(Path file, String kind, byte[] content) throws IOException {
    byte[] lineEnd = {'\n'};
    String body = Base64.getMimeEncoder(64, lineEnd).encodeToString(content);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
  }

  @Override
  public List<String> serverArguments(NodeAddress address) {
    return List.of(
        "--port",
        "0",
        "--tls-port",
        "" + address.port(),
        "--tls-cert-file",
        certificate.toString(),
        "--tls-key-file",
        key.toString(),
        "--tls-ca-cert-file",
        certificate.toString(),
        "--tls-auth-clients",
        "no",
        "--tls-replication",
        "yes");
  }

  @Override
  public DefaultJedisClientConfig.Builder client() {
    return DefaultJedisClientConfig.builder()
        .sslOptions(
            SslOptions.builder()
                .truststore(trusted.toFile(), PASSWORD)
                .trustStoreType("PKCS12")
                .sslVerifyMode(SslVerifyMode.FULL)
                .build());
  }
}
