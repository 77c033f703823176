package io.github.jedisfailover.config;

import java.util.Objects;
import javax.net.ssl.SSLContext;

/**
 * The listener's port for TLS.
 *
 * @param port 1 to 65535, another than that of the {@code listen} address; the same one, which then
 *     speaks TLS only, with {@link MonitorConfig.Builder#voterTls}
 * @param context with the monitor's key, and the trusted certificates if clients show theirs
 * @param clients whether clients have to show a certificate; Redis' {@code tls-auth-clients}
 */
public record ListenerTls(int port, SSLContext context, ClientCertificates clients) {
  /** What is asked of a client. */
  public enum ClientCertificates {
    /** Nothing. */
    NONE,
    /** One that is shown must be trusted. */
    OPTIONAL,
    /** A trusted certificate. */
    REQUIRED
  }

  /**
   * Checks the values.
   *
   * @param port where TLS is spoken
   * @param context the listener's certificate, and whom it trusts
   * @param clients what is asked of clients
   * @throws IllegalArgumentException naming the setting, the rule and the value
   */
  public ListenerTls {
    Checks.between("port", port, 1, 65_535);
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(clients, "clients");
  }
}
