package io.github.jedisfailover.internal.settings;

import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/** The key store and trust store of one use of TLS, as far as they were set by name. */
final class StoresDraft {
  private final String prefix;
  private File trustStore;
  private File keyStore;
  private String trustStorePassword;
  private String keyStorePassword;

  /**
   * @param prefix of the names
   */
  StoresDraft(String prefix) {
    this.prefix = prefix;
  }

  /** The four names with the prefix. */
  static List<Setting> settings(String prefix, Function<Draft, StoresDraft> stores) {
    return List.of(
        Setting.of(prefix + "trustStore", (d, t) -> stores.apply(d).trustStore = file(t)),
        Setting.secret(
            prefix + "trustStorePassword",
            (d, t) -> stores.apply(d).trustStorePassword = t.value()),
        Setting.of(prefix + "keyStore", (d, t) -> stores.apply(d).keyStore = file(t)),
        Setting.secret(
            prefix + "keyStorePassword", (d, t) -> stores.apply(d).keyStorePassword = t.value()));
  }

  private static File file(Text text) {
    File file = new File(text.value());
    if (!file.isFile() || !file.canRead()) {
      throw text.wrong("a file that can be read");
    }
    return file;
  }

  boolean isSet() {
    return trustStore != null || keyStore != null;
  }

  /** Both stores need it. */
  void need(String needed, Object there) {
    Needs.check(needed, there, prefix + "trustStore", trustStore);
    Needs.check(needed, there, prefix + "keyStore", keyStore);
  }

  void needKeyStore(String by, Object given) {
    Needs.check(prefix + "keyStore", keyStore, by, given);
  }

  /** A password without its store is a mistake. */
  void check() {
    Needs.check(
        prefix + "trustStore", trustStore, prefix + "trustStorePassword", trustStorePassword);
    Needs.check(prefix + "keyStore", keyStore, prefix + "keyStorePassword", keyStorePassword);
  }

  SslOptions.Builder options() {
    SslOptions.Builder options = SslOptions.builder();
    if (trustStore != null) {
      options.truststore(trustStore, chars(trustStorePassword));
    }
    if (keyStore != null) {
      options.keystore(keyStore, chars(keyStorePassword));
    }
    return options;
  }

  private static char[] chars(String password) {
    return password == null ? null : password.toCharArray();
  }

  /**
   * Reads the stores; without a trust store that of the JVM counts.
   *
   * @throws IllegalArgumentException if one cannot be read
   */
  SSLContext context() {
    check();
    try {
      return options().sslVerifyMode(SslVerifyMode.FULL).build().createSslContext();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          prefix
              + "keyStore and "
              + prefix
              + "trustStore must be stores that can be read with their passwords, was "
              + keyStore
              + " and "
              + trustStore,
          e);
    }
  }
}
