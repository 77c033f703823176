package io.github.jedisfailover.internal.monitor.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.Hello;
import io.github.jedisfailover.internal.monitor.core.Target;
import io.github.jedisfailover.internal.monitor.wire.HelloCodec;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.testing.FreePorts;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisProtocol;

/** A listening monitor and all kinds of clients, on real sockets. */
class RespListenerIT {
  private static final String ID = "a".repeat(40);

  private final List<Socket> sockets = new ArrayList<>();
  private ScriptedMonitor monitor;

  @BeforeEach
  void start() {
    monitor = new ScriptedMonitor(new FreePorts().any("127.0.0.1"));
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    monitor.close();
  }

  private Socket client(String bytes) throws IOException {
    Socket socket = new Socket("127.0.0.1", monitor.address.port());
    socket.setSoTimeout(5_000);
    sockets.add(socket);
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    return socket;
  }

  private static String line(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    int b = socket.getInputStream().read();
    while (b >= 0 && b != '\n') {
      line.append((char) b);
      b = socket.getInputStream().read();
    }
    return line.toString().stripTrailing();
  }

  private void stillServes() throws IOException {
    try (Socket socket = client("PING\r\n")) {
      assertThat(line(socket)).isEqualTo("+PONG");
    }
    long before = monitor.ticks();
    await().until(() -> monitor.ticks() > before + 2);
  }

  @Test
  void ordersGoToTheCoreAndItsAnswerComesBack() throws IOException {
    Socket socket = client("SENTINEL RESET *\r\nSENTINEL FAILOVER m\r\n");
    assertThat(line(socket)).isEqualTo(":5");
    assertThat(line(socket)).isEqualTo("-ERR not Failover[master=m]");
  }

  @Test
  void aHugeBulkIsRefusedAndTheConnectionEnds() throws IOException {
    Socket socket = client("*2\r\n$4\r\nPING\r\n$536870912\r\n");
    assertThat(line(socket)).isEqualTo("-ERR Protocol error: invalid bulk length");
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
    stillServes();
  }

  @Test
  void randomBytesHarmNobodyElse() throws IOException {
    for (int seed = 0; seed < 50; seed++) {
      byte[] bytes = new byte[20_000];
      new Random(seed).nextBytes(bytes);
      Socket socket = client("");
      try {
        socket.getOutputStream().write(bytes);
      } catch (IOException refused) {
        assertThat(socket.isConnected()).isTrue();
      }
    }
    stillServes();
  }

  @Test
  void moreConnectionsThanAllowedAreRefused() throws IOException {
    int most = ListenerConfig.DEFAULT.maxClients();
    List<Socket> all = new ArrayList<>();
    for (int i = 0; i < most + 40; i++) {
      all.add(client(""));
    }
    int served = 0;
    int refused = 0;
    for (Socket socket : all) {
      String answer;
      try {
        socket.getOutputStream().write("PING\r\n".getBytes(ISO_8859_1));
        answer = line(socket);
      } catch (IOException e) {
        answer = "-ERR max reset";
      }
      served += answer.equals("+PONG") ? 1 : 0;
      refused += answer.startsWith("-ERR max") ? 1 : 0;
    }
    assertThat(served).isEqualTo(most);
    assertThat(refused).isEqualTo(40);
    for (Socket socket : all) {
      socket.close();
    }
    await().untilAsserted(this::stillServes);
  }

  @Test
  void aSubscriberThatNeverReadsIsDroppedAndDelaysNobody() throws IOException {
    Socket lazy = client("SUBSCRIBE +flood\r\n");
    assertThat(line(lazy)).isEqualTo("*3");
    String payload = "x".repeat(200_000);
    List<String> heard = new CopyOnWriteArrayList<>();
    Socket reader = client("PSUBSCRIBE *\r\n");
    Thread drain = new Thread(() -> readAll(reader, heard));
    drain.setDaemon(true);
    drain.start();
    await().until(() -> !heard.isEmpty());
    // one at a time: the reader keeps up, the lazy one's buffers fill
    for (int i = 0; i < 100; i++) {
      long before = monitor.ticks();
      monitor.doNext(report("+flood", payload));
      await().pollInterval(Duration.ofMillis(5)).until(() -> monitor.ticks() > before + 1);
    }
    monitor.doNext(report("+end", "of it"));
    await().atMost(Duration.ofSeconds(20)).until(() -> heard.contains("+end"));
    await().atMost(Duration.ofSeconds(20)).until(() -> closed(lazy));
    stillServes();
  }

  /** As long as patterns may be, and each looks at every letter of its class: it takes long. */
  @Test
  void expensivePatternsDelayTheirOwnerOnly() throws IOException {
    String slow = "*[" + "x".repeat(15_000) + "]";
    Socket greedy = client("");
    for (int i = 0; i < 4; i++) {
      String pattern = slow + i;
      String bulk = "$" + pattern.length() + "\r\n" + pattern + "\r\n";
      greedy.getOutputStream().write(("*2\r\n$10\r\nPSUBSCRIBE\r\n" + bulk).getBytes(ISO_8859_1));
      while (!line(greedy).equals(":" + (i + 1))) {
        // the rest of the answer
      }
    }
    for (int i = 0; i < 20; i++) {
      monitor.doNext(report("+" + "y".repeat(200), "z"));
    }
    long before = monitor.ticks();
    await()
        .atMost(Duration.ofSeconds(3))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> monitor.ticks() > before + 12);
  }

  private static CoreAction.Report report(String name, String payload) {
    return new CoreAction.Report("m", CoreAction.Level.VERBOSE, name, payload);
  }

  private static void readAll(Socket socket, List<String> heard) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))) {
      String line = in.readLine();
      while (line != null) {
        heard.add(line.substring(0, Math.min(line.length(), 100)));
        line = in.readLine();
      }
    } catch (IOException e) {
      heard.add("closed");
    }
  }

  /** Writing shows it: what was sent before still waits to be read. */
  private static boolean closed(Socket socket) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write("PING\r\n".getBytes(ISO_8859_1));
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void jedisSpeaksBothProtocolsAndHearsEvents() {
    for (RedisProtocol protocol : RedisProtocol.values()) {
      DefaultJedisClientConfig config =
          DefaultJedisClientConfig.builder().protocol(protocol).clientName("me").build();
      HostAndPort at = new HostAndPort("127.0.0.1", monitor.address.port());
      try (Connection connection = new Connection(at, config)) {
        connection.sendCommand(Command.SUBSCRIBE, "+switch-master");
        connection.getOne();
        monitor.doNext(report("+switch-master", "m h 1 h 2"));
        List<?> message = (List<?>) connection.getUnflushedObject();
        assertThat(message.stream().map(m -> new String((byte[]) m, ISO_8859_1)).toList())
            .isEqualTo(List.of("message", "+switch-master", "m h 1 h 2"));
      }
    }
  }

  @Test
  void aPeerLinkPingsSaysHelloAndGetsTheVote() {
    List<CoreInput> inputs = new CopyOnWriteArrayList<>();
    Target.Peer peer = new Target.Peer(monitor.address);
    Hello hello =
        new Hello(new NodeAddress("h", 1), ID, 1, "m", new NodeAddress("127.0.0.1", 7000), 1);
    try (DaemonThreads threads = new DaemonThreads("test");
        Link link =
            PeerLink.open(
                threads,
                ID,
                peer,
                LinkAccess.ofApplication(DefaultJedisClientConfig.builder().build()),
                LinkTiming.forPeer(1_000),
                inputs::add)) {
      await().until(() -> inputs.contains(new CoreInput.LinkUp(peer)));
      link.offer(new CoreAction.Ping(peer));
      link.offer(new CoreAction.SayHello(peer, hello));
      link.offer(new CoreAction.AskPeer(peer, "m", hello.master(), 4, ID));
      await().until(() -> inputs.contains(new CoreInput.PeerAnswered(peer, "m", true, ID, 4)));
    }
    assertThat(inputs)
        .contains(
            new CoreInput.PingSent(peer),
            new CoreInput.Pong(peer, "PONG"),
            new CoreInput.HelloSaid(peer));
    assertThat(monitor.inputs).contains(new CoreInput.HelloHeard(hello, true));
    assertThat(HelloCodec.decode(HelloCodec.encode(hello))).contains(hello);
  }

  @Test
  void aTakenAddressIsNamed() {
    assertThatThrownBy(() -> new ScriptedMonitor(monitor.address.port()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot listen on " + monitor.address);
  }

  @Test
  void nothingIsLeftAfterClose() throws IOException {
    Socket silent = client("SUBSCRIBE x\r\n");
    assertThat(line(silent)).isEqualTo("*3");
    client("*1\r\n$4\r\nPI");
    monitor.close();
    monitor.close();
    String prefix = "ha-scripted-" + monitor.address.port();
    assertThat(Thread.getAllStackTraces().keySet()).noneMatch(t -> t.getName().startsWith(prefix));
    assertThatThrownBy(() -> new Socket("127.0.0.1", monitor.address.port()))
        .isInstanceOf(IOException.class);
  }
}
