package io.github.jedisfailover.internal.monitor.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client that sends bytes and reads lines. */
final class Wire implements AutoCloseable {
  private final Socket socket;

  Wire(Socket connected) {
    socket = connected;
    try {
      socket.setSoTimeout(10_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Wire to(int port) {
    return from("127.0.0.1", "127.0.0.1", port);
  }

  static Wire from(String own, String host, int port) {
    try {
      Socket socket = new Socket();
      socket.bind(new InetSocketAddress(InetAddress.getByName(own), 0));
      socket.connect(new InetSocketAddress(host, port), 5_000);
      return new Wire(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first line that comes back. */
  String ask(String inline) {
    send(inline + "\r\n");
    return line();
  }

  Wire send(String bytes) {
    try {
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without its end; empty if the connection has ended. */
  String line() {
    try {
      StringBuilder line = new StringBuilder();
      int b = socket.getInputStream().read();
      while (b >= 0 && b != '\n') {
        line.append((char) b);
        b = socket.getInputStream().read();
      }
      return line.toString().stripTrailing();
    } catch (IOException e) {
      return "";
    }
  }

  /** Waits for it. */
  boolean isEnded() {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
