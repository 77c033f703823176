package io.github.jedisfailover.sentinel;

import io.github.jedisfailover.topology.NodeAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;

/**
 * One of the servers that get the same requests.
 *
 * @param places what stands in a row for a text of this server, to that text
 */
record Side(NodeAddress address, Map<String, String> places, Normaliser normaliser) {
  private static final int READ_MILLIS = 10_000;

  String answer(Row row) {
    return normaliser.text(exchange(row.bytes(places), row.ends()), row.how());
  }

  /** All bytes that come back; ends the own side first unless the server has to do that. */
  private byte[] exchange(byte[] requests, boolean serverEnds) {
    try (Socket socket = new Socket(address.host(), address.port())) {
      socket.setSoTimeout(READ_MILLIS);
      socket.getOutputStream().write(requests);
      if (!serverEnds) {
        socket.shutdownOutput();
      }
      return readAll(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What came before a reset counts: Redis closes with unread bytes. */
  private static byte[] readAll(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[16_384];
    try {
      int length = in.read(buffer);
      while (length >= 0) {
        out.write(buffer, 0, length);
        length = in.read(buffer);
      }
    } catch (SocketException reset) {
      return out.toByteArray();
    }
    return out.toByteArray();
  }
}
