package io.github.jedisfailover.internal.monitor.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows its certificate to whoever asks, as OpenSSL does. The JVM's own key managers keep one back
 * that none of the issuers in the other side's list has signed; that is for the other side to say.
 */
final class OneKey extends X509ExtendedKeyManager {
  private static final String ALIAS = "key";

  private final PrivateKey key;
  private final List<X509Certificate> chain;

  OneKey(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = List.copyOf(chain);
  }

  private String alias(String... kinds) {
    return Arrays.asList(kinds).contains(key.getAlgorithm()) ? ALIAS : null;
  }

  @Override
  public String chooseServerAlias(String kind, Principal[] issuers, Socket socket) {
    return alias(kind);
  }

  @Override
  public String chooseEngineServerAlias(String kind, Principal[] issuers, SSLEngine engine) {
    return alias(kind);
  }

  @Override
  public String chooseClientAlias(String[] kinds, Principal[] issuers, Socket socket) {
    return alias(kinds);
  }

  @Override
  public String chooseEngineClientAlias(String[] kinds, Principal[] issuers, SSLEngine engine) {
    return alias(kinds);
  }

  @Override
  public String[] getServerAliases(String kind, Principal[] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public String[] getClientAliases(String kind, Principal[] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return chain.toArray(new X509Certificate[0]);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return key;
  }
}
