package io.github.jedisfailover.internal.monitor.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/** As much of DER as it takes to put an old form of key into the envelope that Java reads. */
final class Der {
  private static final int INTEGER = 0x02;
  private static final int OCTETS = 0x04;
  private static final int OBJECT = 0x06;
  private static final int SEQUENCE = 0x30;
  private static final int PARAMETERS = 0xA0;
  private static final byte[] VERSION_0 = {INTEGER, 1, 0};
  private static final byte[] NULL = {5, 0};

  /** 1.2.840.113549.1.1.1 */
  private static final byte[] RSA = {
    OBJECT, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 1, 1
  };

  /** 1.2.840.10045.2.1 */
  private static final byte[] EC = {OBJECT, 7, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 2, 1};

  private Der() {}

  /** A PKCS#1 key as PKCS#8. */
  static byte[] pkcs8OfRsa(byte[] key) {
    return of(SEQUENCE, VERSION_0, of(SEQUENCE, RSA, NULL), of(OCTETS, key));
  }

  /** A SEC1 key as PKCS#8; empty if it does not name its curve. */
  static Optional<byte[]> pkcs8OfEc(byte[] key) {
    return curve(key)
        .map(curve -> of(SEQUENCE, VERSION_0, of(SEQUENCE, EC, curve), of(OCTETS, key)));
  }

  /** {@code SEQUENCE { 1, octets, [0] { curve }, ... }}: the curve's name, as it stands there. */
  private static Optional<byte[]> curve(byte[] key) {
    try {
      int at = 1 + lengthBytes(key, 1);
      while (at < key.length) {
        int content = at + 1 + lengthBytes(key, at + 1);
        int end = Math.addExact(content, length(key, at + 1));
        if ((key[at] & 0xFF) == PARAMETERS && end <= key.length && key[content] == OBJECT) {
          return Optional.of(Arrays.copyOfRange(key, content, end));
        }
        at = Math.max(end, content);
      }
    } catch (ArrayIndexOutOfBoundsException | ArithmeticException e) {
      return Optional.empty(); // no DER
    }
    return Optional.empty();
  }

  private static int lengthBytes(byte[] der, int at) {
    return (der[at] & 0x80) == 0 ? 1 : 1 + (der[at] & 0x7F);
  }

  private static int length(byte[] der, int at) {
    if ((der[at] & 0x80) == 0) {
      return der[at];
    }
    int length = 0;
    for (int i = 1; i < lengthBytes(der, at); i++) {
      length = length << 8 | der[at + i] & 0xFF;
    }
    return length;
  }

  private static byte[] of(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    writeLength(out, content.size());
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
      return;
    }
    int bytes = (39 - Integer.numberOfLeadingZeros(length)) / 8;
    out.write(0x80 | bytes);
    for (int i = bytes - 1; i >= 0; i--) {
      out.write(length >> 8 * i);
    }
  }
}
