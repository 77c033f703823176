package io.github.jedisfailover.internal.monitor.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates from the files that options name. */
final class TlsFiles {
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  /** What {@code openssl rehash} calls certificates: OpenSSL looks at no others. */
  private static final String HASHED = "[0-9a-f]{8}\\.\\d+";

  private final Path directory;

  /**
   * @param directory what relative paths start from
   */
  TlsFiles(Path directory) {
    this.directory = directory;
  }

  /** Options are byte strings, one {@code char} per byte. */
  private Path path(String name) throws TlsException {
    byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return directory.resolve(new String(bytes, StandardCharsets.UTF_8));
    } catch (InvalidPathException e) {
      throw new TlsException(name + ": " + e.getReason(), e);
    }
  }

  private String text(String name) throws TlsException {
    try {
      return Files.readString(path(name), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new TlsException(name + ": No such file or directory", e);
    } catch (IOException e) {
      throw new TlsException(name + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** The key of these files, which must belong to the first certificate. */
  OneKey key(String certificates, String keyFile, Optional<String> password) throws TlsException {
    List<X509Certificate> chain;
    try {
      chain = certificates(certificates);
    } catch (TlsException e) {
      throw new TlsException("Failed to load certificate: " + e.getMessage(), e);
    }
    try {
      PrivateKey key = PrivateKeys.read(text(keyFile), password);
      if (!belong(key, chain.get(0).getPublicKey())) {
        throw new TlsException("it does not belong to the certificate in " + certificates);
      }
      return new OneKey(key, chain);
    } catch (TlsException e) {
      String named = e.getMessage().startsWith(keyFile + ": ") ? "" : keyFile + ": ";
      throw new TlsException("Failed to load private key: " + named + e.getMessage(), e);
    }
  }

  private static boolean belong(PrivateKey key, PublicKey certified) {
    String algorithm = SIGNATURES.get(key.getAlgorithm());
    if (algorithm == null) {
      return true; // cannot be tried this way; a handshake will tell
    }
    byte[] text = {1, 2, 3};
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // of another kind
    }
  }

  private List<X509Certificate> certificates(String name) throws TlsException {
    return certificates(name, text(name));
  }

  private static List<X509Certificate> certificates(String name, String pem) throws TlsException {
    List<X509Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Pem.Block block : Pem.blocks(pem)) {
        if (block.label().endsWith("CERTIFICATE")) {
          found.add(
              (X509Certificate)
                  factory.generateCertificate(new ByteArrayInputStream(block.content())));
        }
      }
    } catch (CertificateException | IllegalArgumentException e) {
      throw new TlsException(name + ": it is damaged: " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new TlsException(name + ": no certificate in PEM form in it");
    }
    return found;
  }

  /** Whom these files trust; at least one is given. */
  TrustManagerFactory trust(Optional<String> file, Optional<String> certificateDirectory)
      throws TlsException {
    List<X509Certificate> trusted = new ArrayList<>();
    try {
      if (file.isPresent()) {
        trusted.addAll(certificates(file.get()));
      }
      if (certificateDirectory.isPresent()) {
        trusted.addAll(hashed(certificateDirectory.get()));
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < trusted.size(); i++) {
        store.setCertificateEntry("ca-" + i, trusted.get(i));
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return factory;
    } catch (TlsException e) {
      throw new TlsException(
          "Failed to configure CA certificate(s) file/directory: " + e.getMessage(), e);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("no key store in memory", e);
    }
  }

  private List<X509Certificate> hashed(String name) throws TlsException {
    List<X509Certificate> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path(name))) {
      for (Path file : files) {
        if (file.getFileName().toString().matches(HASHED)) {
          found.addAll(
              certificates(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1)));
        }
      }
      return found;
    } catch (IOException e) {
      throw new TlsException(name + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
