package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.config.ListenerTls;
import io.github.jedisfailover.config.ListenerTls.ClientCertificates;
import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.testing.FreePorts;
import io.github.jedisfailover.testsupport.TlsAccess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;

/** The listener's TLS port, with certificates made for the test. */
class ListenerTlsIT {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path directory;
  private static KeyStore server;
  private static KeyStore client;

  private final FreePorts ports = new FreePorts();
  private final int plainPort = ports.any("127.0.0.1");
  private final int tlsPort = ports.any("127.0.0.1");
  private ScriptedMonitor monitor;

  @BeforeAll
  static void makeCertificates() throws Exception {
    server = made("server");
    client = made("client");
  }

  /** A key with a certificate that signs itself. */
  private static KeyStore made(String name) throws Exception {
    Path own = Files.createDirectories(directory.resolve(name));
    TlsAccess.create(own, "ip:127.0.0.1");
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(own.resolve("server.p12"))) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  /** Shows the first one's certificate, or none, and trusts the second one's. */
  private static SSLContext context(KeyStore own, KeyStore trusted)
      throws GeneralSecurityException, IOException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, PASSWORD);
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    certificates.setCertificateEntry("trusted", trusted.getCertificate("redis"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(certificates);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private void start(ClientCertificates asked) throws Exception {
    ListenerTls tls = new ListenerTls(tlsPort, context(server, client), asked);
    monitor = new ScriptedMonitor(plainPort, ListenerConfig.builder().tls(tls).build());
  }

  @AfterEach
  void stop() {
    monitor.close();
  }

  private Connection connection(KeyStore shown) throws Exception {
    return new Connection(
        new HostAndPort("127.0.0.1", tlsPort),
        DefaultJedisClientConfig.builder()
            .ssl(true)
            .sslSocketFactory(context(shown, server).getSocketFactory())
            .build());
  }

  private String ping(KeyStore shown) throws Exception {
    try (Connection connection = connection(shown)) {
      return Connections.ask(connection, Command.PING);
    }
  }

  @Test
  void jedisAsksAndHearsEventsWhileThePlainPortWorksToo() throws Exception {
    start(ClientCertificates.NONE);
    try (Connection connection = connection(null);
        Wire plain = Wire.to(plainPort)) {
      assertThat(Connections.ask(connection, Command.PING)).isEqualTo("PONG");
      connection.sendCommand(Command.SUBSCRIBE, "+sdown");
      connection.getOne();
      monitor.doNext(new CoreAction.Report("m", CoreAction.Level.VERBOSE, "+sdown", "x"));
      List<?> message = (List<?>) connection.getUnflushedObject();
      assertThat(new String((byte[]) message.get(2), StandardCharsets.UTF_8)).isEqualTo("x");
      assertThat(plain.ask("PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void aCertificateIsAskedForOrNot() throws Exception {
    start(ClientCertificates.REQUIRED);
    assertThat(ping(client)).isEqualTo("PONG");
    assertThatThrownBy(() -> ping(null)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> ping(server)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void anOptionalCertificateMustBeTrustedIfShown() throws Exception {
    start(ClientCertificates.OPTIONAL);
    assertThat(ping(client)).isEqualTo("PONG");
    assertThat(ping(null)).isEqualTo("PONG");
    assertThatThrownBy(() -> ping(server)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void whoSpeaksNoTlsOrNothingHarmsNobody() throws Exception {
    start(ClientCertificates.NONE);
    try (Wire silent = Wire.to(tlsPort);
        Wire plain = Wire.to(tlsPort)) {
      plain.send("PING\r\nPING\r\n");
      assertThat(ping(null)).isEqualTo("PONG");
      plain.line(); // an alert, or nothing
      assertThat(plain.isEnded()).isTrue();
      monitor.close();
      assertThat(silent.isEnded()).isTrue();
    }
  }
}
