package io.github.jedisfailover.internal.monitor.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.jedisfailover.internal.monitor.conf.ConfException;
import io.github.jedisfailover.internal.monitor.conf.ConfReader;
import io.github.jedisfailover.internal.monitor.conf.ProcessSettings;
import io.github.jedisfailover.internal.monitor.conf.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as {@code openssl} writes them, and what is said of wrong ones. */
class ProcessTlsTest {
  @TempDir private static Path directory;

  @BeforeAll
  static void makeFiles() throws IOException {
    assumeFalse(OpenSsl.missing(), "skipped: no openssl on the PATH");
    OpenSsl openSsl = new OpenSsl(directory);
    openSsl.certificate("rsa", "rsa:2048").certificate("other", "rsa:2048");
    openSsl.certificate("ec", "ec -pkeyopt ec_paramgen_curve:secp384r1");
    openSsl.certificate("ed", "ed25519");
    openSsl.run("rsa -in rsa.key -traditional -out rsa1.key");
    openSsl.run("ec -in ec.key -out ec1.key");
    openSsl.run("pkcs8 -topk8 -in rsa.key -passout pass:secret -out locked.key");
    openSsl.run(
        "pkcs8 -topk8 -v2 aes-128-cbc -v2prf hmacWithSHA512 -in ec.key -passout pass:x -out ec8.key");
    openSsl.run("rsa -in rsa.key -traditional -aes128 -passout pass:secret -out old.key");
    Files.createDirectory(directory.resolve("empty"));
    Files.createDirectory(directory.resolve("hashed"));
    Files.copy(directory.resolve("rsa.crt"), directory.resolve("hashed/0123abcd.0"));
    Files.copy(directory.resolve("rsa.key"), directory.resolve("hashed/no-certificate.key"));
    Files.writeString(directory.resolve("no.crt"), "nothing");
    Files.writeString(
        directory.resolve("bad.crt"),
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  }

  private static ProcessSettings settings(String lines) throws ConfException {
    String all = lines.replace("; ", "\n") + "\n";
    return ConfReader.read(all, "", Surroundings.unchecked(directory.toString())).process();
  }

  private static ProcessTls read(String lines) throws ConfException, TlsException {
    return ProcessTls.of(settings(lines));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"port 1", "tls-cert-file nowhere", "tls-auth-clients yes"})
  void withoutAPortAndWithoutLinksThereIsNoTls(String lines) throws Exception {
    assertThat(read(lines)).isEqualTo(ProcessTls.NONE);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "rsa.crt, rsa.key, ''",
    "rsa.crt, rsa1.key, ''",
    "rsa.crt, locked.key, secret",
    "ec.crt, ec.key, ''",
    "ec.crt, ec1.key, ''",
    "ec.crt, ec8.key, x",
    "ed.crt, ed.key, ''"
  })
  void keysOfAllKindsAreRead(String certificate, String key, String password) throws Exception {
    String lines = "tls-port 1; tls-auth-clients no; tls-cert-file %s; tls-key-file %s";
    String pass = password.isEmpty() ? "" : "; tls-key-file-pass " + password;
    ProcessTls tls = read(lines.formatted(certificate, key) + pass);
    assertThat(tls.listener()).isPresent();
    assertThat(tls.links()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tls-port 1 | No tls-cert-file configured!
          tls-replication yes; tls-cert-file rsa.crt | No tls-key-file configured!
          tls-port 1; tls-cert-file rsa.crt; tls-key-file rsa.key | Either tls-ca-cert-file or
          OWN; tls-replication yes | Either tls-ca-cert-file or
          tls-port 1; tls-auth-clients no; tls-cert-file rsa.crt; tls-key-file other.key | Failed to load private key: other.key: it does not belong to the certificate in rsa.crt
          tls-port 1; tls-auth-clients no; tls-cert-file rsa.crt; tls-key-file ec.key | Failed to load private key: ec.key: it does not belong
          tls-port 1; tls-auth-clients no; tls-cert-file rsa.crt; tls-key-file gone | Failed to load private key: gone: No such file or directory
          tls-port 1; tls-auth-clients no; tls-cert-file rsa.crt; tls-key-file rsa.crt | Failed to load private key: rsa.crt: no private key in it; accepted are
          tls-port 1; tls-auth-clients no; tls-cert-file rsa.crt; tls-key-file locked.key | Failed to load private key: locked.key: it is encrypted and its password is not set
          tls-port 1; tls-auth-clients no; tls-cert-file rsa.crt; tls-key-file locked.key; tls-key-file-pass no | Failed to load private key: locked.key: its password is wrong, or it is damaged
          tls-port 1; tls-auth-clients no; tls-cert-file rsa.crt; tls-key-file old.key | Failed to load private key: old.key: it is encrypted in OpenSSL's old form, which Java does not read; convert it with: openssl pkcs8 -topk8
          tls-port 1; tls-auth-clients no; tls-cert-file no.crt; tls-key-file rsa.key | Failed to load certificate: no.crt: no certificate in PEM form in it
          tls-port 1; tls-auth-clients no; tls-cert-file bad.crt; tls-key-file rsa.key | Failed to load certificate: bad.crt: it is damaged
          OWN; tls-ca-cert-file gone | Failed to configure CA certificate(s) file/directory: gone: No such file or directory
          OWN; tls-ca-cert-dir gone | Failed to configure CA certificate(s) file/directory: gone
          OWN; tls-client-cert-file ec.crt; tls-client-key-file rsa.key | Failed to load private key: rsa.key: it does not belong to the certificate in ec.crt
          OWN; tls-protocols TLSv9 | Invalid tls-protocols specified. Use a combination of
          OWN; tls-protocols TLSv1 | tls-protocols names only what this Java has switched off: TLSv1
          OWN; tls-ciphers NOSUCH | Failed to configure ciphers: NOSUCH
          OWN; tls-ciphersuites NOSUCH | Failed to configure ciphersuites: NOSUCH
          """)
  void whatIsWrongIsNamed(String lines, String message) {
    String own = "tls-port 1; tls-auth-clients no; tls-cert-file rsa.crt; tls-key-file rsa.key";
    assertThatThrownBy(() -> read(lines.replace("OWN", own)))
        .isInstanceOf(TlsException.class)
        .hasMessageContaining(message);
  }

  @Test
  void protocolsCiphersAndClientsAreAsTheOptionsSay() throws Exception {
    ProcessTls tls =
        read(
            "tls-port 1; tls-replication yes; tls-cert-file rsa.crt; tls-key-file rsa.key;"
                + " tls-ca-cert-dir hashed; tls-protocols \"TLSv1.1 tlsv1.2\";"
                + " tls-ciphers \"ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256\";"
                + " tls-ciphersuites TLS_AES_256_GCM_SHA384; tls-prefer-server-ciphers yes;"
                + " tls-auth-clients optional");
    TlsSide listener = tls.listener().orElseThrow();
    assertThat(listener.parameters().getProtocols()).containsExactly("TLSv1.2");
    assertThat(listener.parameters().getCipherSuites())
        .containsExactly(
            "TLS_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    assertThat(listener.parameters().getUseCipherSuitesOrder()).isTrue();
    assertThat(listener.parameters().getWantClientAuth()).isTrue();
    assertThat(listener.parameters().getNeedClientAuth()).isFalse();
    TlsSide links = tls.links().orElseThrow();
    assertThat(links.parameters().getProtocols()).containsExactly("TLSv1.2");
    assertThat(links.parameters().getEndpointIdentificationAlgorithm()).isNull();
  }
}
