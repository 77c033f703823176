package io.github.jedisfailover.internal.monitor.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Private keys in the forms that OpenSSL writes. */
final class PrivateKeys {
  private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
  private static final String ACCEPTED =
      "accepted are PEM files with PRIVATE KEY, ENCRYPTED PRIVATE KEY, RSA PRIVATE KEY or"
          + " EC PRIVATE KEY";

  private PrivateKeys() {}

  /**
   * The first key of a PEM text.
   *
   * @param password for an encrypted key
   * @throws TlsException saying what is wrong with the text, and how it can be converted
   */
  static PrivateKey read(String text, Optional<String> password) throws TlsException {
    try {
      for (Pem.Block block : Pem.blocks(text)) {
        if (block.locked()) {
          throw converted("it is encrypted in OpenSSL's old form, which Java does not read");
        }
        switch (block.label()) {
          case "PRIVATE KEY":
            return ofPkcs8(block.content());
          case "RSA PRIVATE KEY":
            return ofPkcs8(Der.pkcs8OfRsa(block.content()));
          case "EC PRIVATE KEY":
            return ofPkcs8(
                Der.pkcs8OfEc(block.content())
                    .orElseThrow(() -> converted("it does not name its curve")));
          case "ENCRYPTED PRIVATE KEY":
            return opened(block.content(), password);
          default: // certificates and parameters may stand beside it
        }
      }
    } catch (IllegalArgumentException e) {
      throw new TlsException("it is damaged: " + e.getMessage(), e);
    }
    throw new TlsException("no private key in it; " + ACCEPTED);
  }

  private static TlsException converted(String what) {
    return new TlsException(what + "; convert it with: openssl pkcs8 -topk8 -in OLD -out NEW");
  }

  private static PrivateKey ofPkcs8(byte[] content) throws TlsException {
    for (String kind : KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(content));
      } catch (InvalidKeySpecException e) {
        continue; // another kind, perhaps
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java 17 knows " + kind, e);
      }
    }
    throw new TlsException("the key is damaged or of another kind than RSA, EC or EdDSA");
  }

  private static PrivateKey opened(byte[] content, Optional<String> password) throws TlsException {
    if (password.isEmpty()) {
      throw new TlsException("it is encrypted and its password is not set");
    }
    PBEKeySpec words = new PBEKeySpec(password.get().toCharArray());
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(content);
      // the name that tells all: for PBES2 that of the information itself is only PBES2
      String algorithm =
          info.getAlgName().equals("PBES2") || info.getAlgName().equals("1.2.840.113549.1.5.13")
              ? info.getAlgParameters().toString()
              : info.getAlgName();
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm).generateSecret(words),
          info.getAlgParameters());
      return ofPkcs8(info.getKeySpec(cipher).getEncoded());
    } catch (InvalidKeySpecException | InvalidKeyException e) {
      throw new TlsException("its password is wrong, or it is damaged", e);
    } catch (IOException | GeneralSecurityException e) {
      throw new TlsException(
          "Java cannot decrypt it ("
              + e.getMessage()
              + "); encrypt it with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD -out NEW",
          e);
    }
  }
}
