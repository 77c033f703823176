package io.github.jedisfailover.internal.monitor.tls;

import io.github.jedisfailover.internal.monitor.conf.ProcessSettings;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * What the {@code tls-} options of a process come to.
 *
 * @param listener for those who connect to {@code tls-port}; empty: there is no such port
 * @param links for connections to nodes and to other Sentinels; empty: they are plain
 */
public record ProcessTls(Optional<TlsSide> listener, Optional<TlsSide> links) {
  /** No TLS at all. */
  public static final ProcessTls NONE = new ProcessTls(Optional.empty(), Optional.empty());

  /**
   * Reads the files, if TLS is used at all, and checks what Redis checks ({@code tlsConfigure}).
   *
   * @throws TlsException naming the option or the file, in Redis' words where it has any
   */
  public static ProcessTls of(ProcessSettings settings) throws TlsException {
    boolean port = settings.tlsPort() != 0;
    boolean links = settings.flag("tls-replication");
    if (!port && !links && !settings.flag("tls-cluster")) {
      return NONE;
    }
    return new Reader(settings).read(port, links);
  }

  /** One reading. */
  private static final class Reader {
    private final ProcessSettings settings;
    private final TlsFiles files;

    Reader(ProcessSettings settings) {
      this.settings = settings;
      this.files = new TlsFiles(Path.of(settings.dir().orElse("")));
    }

    ProcessTls read(boolean port, boolean links) throws TlsException {
      String certificate = required("tls-cert-file");
      String keyFile = required("tls-key-file");
      Optional<TrustManagerFactory> trust = trust();
      OneKey own = files.key(certificate, keyFile, settings.text("tls-key-file-pass"));
      SSLContext served = context(own, trust);
      cache(served.getServerSessionContext());
      OneKey shown = clientKey().orElse(own);
      TlsSide listener = new TlsSide(served, parameters(served));
      askClients(listener.parameters());
      SSLContext dialled = context(shown, trust);
      TlsSide outgoing = new TlsSide(dialled, parameters(dialled));
      return new ProcessTls(
          Optional.of(listener).filter(side -> port), Optional.of(outgoing).filter(side -> links));
    }

    private String required(String option) throws TlsException {
      return settings
          .text(option)
          .orElseThrow(() -> new TlsException("No " + option + " configured!"));
    }

    private Optional<TrustManagerFactory> trust() throws TlsException {
      Optional<String> file = settings.text("tls-ca-cert-file");
      Optional<String> directory = settings.text("tls-ca-cert-dir");
      if (file.isPresent() || directory.isPresent()) {
        return Optional.of(files.trust(file, directory));
      }
      boolean needed =
          !settings.value("tls-auth-clients").equals(List.of("no"))
              || settings.flag("tls-cluster")
              || settings.flag("tls-replication");
      if (needed) {
        throw new TlsException(
            "Either tls-ca-cert-file or tls-ca-cert-dir must be specified when tls-cluster,"
                + " tls-replication or tls-auth-clients are enabled!");
      }
      return Optional.empty();
    }

    /** As Redis: one without the other counts for nothing. */
    private Optional<OneKey> clientKey() throws TlsException {
      Optional<String> certificate = settings.text("tls-client-cert-file");
      Optional<String> key = settings.text("tls-client-key-file");
      if (certificate.isEmpty() || key.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          files.key(certificate.get(), key.get(), settings.text("tls-client-key-file-pass")));
    }

    private static SSLContext context(OneKey key, Optional<TrustManagerFactory> trust) {
      TrustManager[] trusted =
          trust.map(TrustManagerFactory::getTrustManagers).orElse(new TrustManager[0]);
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {key}, trusted, null);
        return context;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java knows TLS", e);
      }
    }

    private void cache(SSLSessionContext sessions) {
      sessions.setSessionCacheSize((int) settings.number("tls-session-cache-size"));
      sessions.setSessionTimeout((int) settings.number("tls-session-cache-timeout"));
    }

    /** As Redis: no side checks for which host a certificate was made. */
    private SSLParameters parameters(SSLContext context) throws TlsException {
      SSLParameters parameters = context.getDefaultSSLParameters();
      List<String> protocols = protocols(Arrays.asList(parameters.getProtocols()));
      List<String> suites = new ArrayList<>();
      List<String> offered = Arrays.asList(parameters.getCipherSuites());
      suites.addAll(newSuites(offered.stream().filter(Reader::isNew).toList()));
      suites.addAll(oldSuites(offered.stream().filter(s -> s.contains("_WITH_")).toList()));
      parameters.setProtocols(protocols.toArray(String[]::new));
      parameters.setCipherSuites(suites.toArray(String[]::new));
      parameters.setUseCipherSuitesOrder(settings.flag("tls-prefer-server-ciphers"));
      return parameters;
    }

    /** Of TLS 1.3. */
    private static boolean isNew(String suite) {
      return !suite.contains("_WITH_") && !suite.endsWith("_SCSV");
    }

    private List<String> protocols(List<String> usable) throws TlsException {
      Optional<String> asked = settings.text("tls-protocols");
      if (asked.isEmpty()) {
        return usable.stream().filter(p -> p.equals("TLSv1.2") || p.equals("TLSv1.3")).toList();
      }
      List<String> protocols = new ArrayList<>();
      for (String word : asked.get().strip().split(" +")) {
        String name =
            List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3").stream()
                .filter(known -> known.equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(
                    () ->
                        new TlsException(
                            "Invalid tls-protocols specified. Use a combination of 'TLSv1',"
                                + " 'TLSv1.1', 'TLSv1.2' and 'TLSv1.3'."));
        if (usable.contains(name)) {
          protocols.add(name);
        }
      }
      if (protocols.isEmpty()) {
        throw new TlsException(
            "tls-protocols names only what this Java has switched off: "
                + asked.get()
                + " (jdk.tls.disabledAlgorithms in java.security); usable are "
                + usable);
      }
      return protocols;
    }

    private List<String> oldSuites(List<String> offered) throws TlsException {
      Optional<String> asked = settings.text("tls-ciphers");
      List<String> chosen = asked.map(list -> CipherNames.chosen(list, offered)).orElse(offered);
      if (chosen.isEmpty()) {
        throw new TlsException(
            "Failed to configure ciphers: " + asked.orElse("") + ": usable are " + names(offered));
      }
      return chosen;
    }

    private static List<String> names(List<String> suites) {
      return suites.stream().map(CipherNames::openSsl).toList();
    }

    private List<String> newSuites(List<String> offered) throws TlsException {
      Optional<String> asked = settings.text("tls-ciphersuites");
      if (asked.isEmpty()) {
        return offered;
      }
      List<String> chosen = Arrays.asList(asked.get().split("[: ]+"));
      if (!offered.containsAll(chosen)) {
        throw new TlsException(
            "Failed to configure ciphersuites: " + asked.get() + ": usable are " + offered);
      }
      return chosen;
    }

    private void askClients(SSLParameters parameters) {
      String asked = settings.value("tls-auth-clients").get(0);
      if (asked.equals("yes")) {
        parameters.setNeedClientAuth(true);
      } else if (asked.equals("optional")) {
        parameters.setWantClientAuth(true);
      }
    }
  }
}
