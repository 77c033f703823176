package io.github.jedisfailover.internal.monitor.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Connects again and again and sends what no friend would send. */
final class HostileClient implements Runnable {
  private static final int PATIENCE_MILLIS = 200;
  private static final int BURST = 500;
  private static final String ALPHABET = "*$:+-0123456789\r\n\r\n\"'\\x PING\0\u00ff";
  private static final String ID = "e".repeat(40);

  /**
   * What costs a monitor most, what it must refuse, and what it must not believe; none becomes an
   * operator's order by a few more characters.
   */
  private static final List<String> REQUESTS =
      List.of(
          "SENTINEL MASTERS",
          "SENTINEL MASTER mymaster",
          "SENTINEL REPLICAS mymaster",
          "SENTINEL SENTINELS mymaster",
          "SENTINEL INFO-CACHE mymaster mymaster mymaster",
          "SENTINEL GET-MASTER-ADDR-BY-NAME mymaster",
          "SENTINEL IS-MASTER-DOWN-BY-ADDR 127.0.0.1 1 0 *",
          "SENTINEL IS-MASTER-DOWN-BY-ADDR 127.0.0.1 1 99999999999999999999 " + ID,
          "SENTINEL IS-MASTER-DOWN-BY-ADDR 127.0.0.1 1 -1 " + ID,
          "SENTINEL CKQUORUM mymaster",
          "PUBLISH __sentinel__:hello 127.0.0.1,1," + ID + ",0,mymaster,127.0.0.1,1,0",
          "PUBLISH __sentinel__:hello x,,,,,99999999999999999999,",
          "INFO everything",
          "COMMAND",
          "COMMAND DOCS",
          "CLIENT LIST",
          "HELLO 3",
          "ACL SETUSER x +@all ~* &*",
          "ACL LIST",
          "PSUBSCRIBE *",
          "SHUTDOWN",
          "SENTINEL \"open",
          "*1\r\n$-5",
          "*99999999",
          "x".repeat(20_000));

  private final int port;
  private final Random dice;
  private final BooleanSupplier goesOn;
  private final AtomicLong sent;

  HostileClient(int port, long seed, BooleanSupplier goesOn, AtomicLong sent) {
    this.port = port;
    this.dice = new Random(seed);
    this.goesOn = goesOn;
    this.sent = sent;
  }

  @Override
  public void run() {
    while (goesOn.getAsBoolean()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
        socket.setSoTimeout(PATIENCE_MILLIS);
        attack(socket);
      } catch (IOException e) {
        sent.incrementAndGet(); // closed on us, as it should be
      }
    }
  }

  private void attack(Socket socket) throws IOException {
    switch (dice.nextInt(6)) {
      case 0 -> send(socket, noise(1 + dice.nextInt(4_000)));
      case 1 -> drip(socket, request().repeat(3));
      case 2 -> send(socket, request().repeat(BURST)); // and reads no reply
      case 3 -> {
        send(socket, "*64\r\n$16000\r\n" + noise(8_000));
        socket.setSoLinger(true, 0); // a reset instead of a farewell
      }
      default -> converse(socket);
    }
  }

  private void converse(Socket socket) throws IOException {
    byte[] reply = new byte[64 * 1024];
    for (int i = dice.nextInt(50); i >= 0; i--) {
      send(socket, request());
      if (socket.getInputStream().read(reply) < 0) {
        return;
      }
    }
  }

  private void drip(Socket socket, String bytes) throws IOException {
    socket.setTcpNoDelay(true);
    for (int i = 0; i < Math.min(bytes.length(), BURST); i++) {
      socket.getOutputStream().write(bytes.charAt(i));
    }
    sent.incrementAndGet();
  }

  private void send(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    sent.incrementAndGet();
  }

  private String request() {
    String request = REQUESTS.get(dice.nextInt(REQUESTS.size()));
    int at = dice.nextInt(request.length());
    boolean spoilt = dice.nextInt(4) == 0;
    return (spoilt ? request.substring(0, at) + noise(3) + request.substring(at) : request)
        + "\r\n";
  }

  private String noise(int length) {
    StringBuilder bytes = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      bytes.append(ALPHABET.charAt(dice.nextInt(ALPHABET.length())));
    }
    return bytes.toString();
  }
}
