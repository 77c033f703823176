package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.testing.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords, users, limits and protected mode of a running listener. */
class ListenerProtectionIT {
  private final int port = new FreePorts().any("127.0.0.1");
  private ScriptedMonitor monitor;

  private void start(ListenerConfig.Builder listener) {
    monitor = new ScriptedMonitor(port, listener.build());
  }

  @AfterEach
  void stop() {
    if (monitor != null) {
      monitor.close();
    }
  }

  @Test
  void protectedModeServesTheOwnMachineOnly() {
    start(ListenerConfig.builder().protectedMode(true));
    try (Wire own = Wire.to(port);
        Wire stranger = Wire.from("127.0.0.2", "127.0.0.1", port)) {
      assertThat(stranger.line())
          .startsWith("-DENIED Redis is running in protected mode")
          .endsWith("to start accepting connections from the outside.");
      assertThat(stranger.isEnded()).isTrue();
      assertThat(own.ask("ACL SETUSER default >pw")).isEqualTo("+OK");
    }
    try (Wire stranger = Wire.from("127.0.0.2", "127.0.0.1", port)) {
      assertThat(stranger.ask("PING")).isEqualTo("-NOAUTH Authentication required.");
    }
  }

  @Test
  void strangersAreServedByDefaultAsByASentinel() {
    start(ListenerConfig.builder());
    try (Wire stranger = Wire.from("127.0.0.2", "127.0.0.1", port)) {
      assertThat(stranger.ask("PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void aPasswordIsAskedForAndStrangersMaySendLittle() {
    start(ListenerConfig.builder().requirePass("pw").maxRequestBytes(1 << 20));
    try (Wire client = Wire.to(port);
        Wire flood = Wire.to(port)) {
      assertThat(client.ask("PING")).startsWith("-NOAUTH");
      assertThat(client.ask("AUTH no")).startsWith("-WRONGPASS");
      assertThat(client.ask("AUTH pw")).isEqualTo("+OK");
      String large = "x".repeat(100_000);
      assertThat(client.send("*2\r\n$4\r\nPING\r\n$100000\r\n" + large + "\r\n").line())
          .isEqualTo("$100000");
      assertThat(flood.send("*2\r\n$4\r\nPING\r\n$100000\r\n").line())
          .isEqualTo("-ERR Protocol error: unauthenticated bulk length");
      assertThat(flood.isEnded()).isTrue();
    }
  }

  @Test
  void usersAreReadAtTheStart() {
    start(ListenerConfig.builder().users("watcher on >w -@all +ping +subscribe &+s*"));
    try (Wire client = Wire.to(port)) {
      assertThat(client.ask("AUTH watcher w")).isEqualTo("+OK");
      assertThat(client.ask("SENTINEL MASTERS")).startsWith("-NOPERM");
      assertThat(client.ask("SUBSCRIBE +sdown")).isEqualTo("*3");
    }
  }

  @Test
  void aWrongRuleKeepsTheMonitorFromStarting() {
    assertThatThrownBy(() -> start(ListenerConfig.builder().users("w on +nosuch")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Error in applying operation '+nosuch'");
  }

  @Test
  void theFileIsReadWrittenAndReadAgain(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("users.acl");
    Files.write(file, List.of("user default on nopass ~* &* +@all", "user a on >a +ping"));
    start(ListenerConfig.builder().aclFile(file));
    try (Wire client = Wire.to(port)) {
      assertThat(client.ask("AUTH a a")).isEqualTo("+OK");
      assertThat(client.ask("AUTH default x")).isEqualTo("+OK");
      assertThat(client.ask("ACL SETUSER b on >b")).isEqualTo("+OK");
      assertThat(client.ask("ACL SAVE")).isEqualTo("+OK");
      assertThat(Files.readAllLines(file)).hasSize(3).anyMatch(l -> l.startsWith("user b on #"));
      Files.write(file, List.of("user c on >c"));
      Wire other = Wire.to(port);
      assertThat(other.ask("AUTH b b")).isEqualTo("+OK");
      assertThat(client.ask("ACL LOAD")).isEqualTo("+OK");
      assertThat(other.isEnded()).isTrue();
      other.close();
      assertThat(client.ask("AUTH c c")).isEqualTo("+OK");
      assertThat(client.ask("AUTH default x")).isEqualTo("+OK");
      Files.write(file, List.of("user d on >d", "nonsense"));
      assertThat(client.ask("ACL LOAD")).contains("should start with user keyword");
      assertThat(client.ask("AUTH d d")).startsWith("-WRONGPASS");
    }
    assertThat(Files.list(directory)).containsExactly(file);
  }

  @Test
  void silenceEndsAConnectionUnlessItSubscribed() {
    start(ListenerConfig.builder().timeout(Duration.ofMillis(300)));
    try (Wire silent = Wire.to(port);
        Wire subscriber = Wire.to(port)) {
      assertThat(subscriber.ask("SUBSCRIBE x")).isEqualTo("*3");
      assertThat(silent.isEnded()).isTrue();
      await().pollDelay(Duration.ofMillis(600)).until(() -> true);
      subscriber.send("PING\r\n");
      for (int i = 0; i < 6; i++) {
        subscriber.line(); // the rest of the first answer and the head of the second
      }
      assertThat(subscriber.line()).isEqualTo("$4");
      assertThat(subscriber.line()).isEqualTo("pong");
    }
  }

  @Test
  void killedConnectionsEndAndTheListShowsWhoIsLeft() {
    start(ListenerConfig.builder());
    try (Wire victim = Wire.to(port);
        Wire client = Wire.to(port)) {
      assertThat(victim.ask("CLIENT SETNAME victim")).isEqualTo("+OK");
      assertThat(client.ask("CLIENT ID")).isEqualTo(":2");
      assertThat(client.ask("CLIENT KILL ID 1")).isEqualTo(":1");
      assertThat(victim.isEnded()).isTrue();
      await().untilAsserted(() -> assertThat(list(client)).hasSize(1));
      assertThat(list(client).get(0))
          .startsWith("id=2 addr=127.0.0.1:")
          .contains("cmd=client|list");
    }
  }

  private static List<String> list(Wire client) {
    int length = Integer.parseInt(client.ask("CLIENT LIST").substring(1));
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(client.line()).append('\n');
    }
    client.line();
    return text.toString().lines().toList();
  }

  @Test
  void anApplicationIsNotShutDown() {
    start(ListenerConfig.builder());
    try (Wire client = Wire.to(port)) {
      assertThat(client.ask("SHUTDOWN NOSAVE"))
          .isEqualTo("-ERR Errors trying to SHUTDOWN. Check logs.");
      assertThat(client.ask("PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void severalHostsAreListenedOn() {
    start(ListenerConfig.builder().bind("127.0.0.1", "127.0.0.3"));
    try (Wire one = Wire.to(port);
        Wire other = Wire.from("127.0.0.1", "127.0.0.3", port)) {
      assertThat(one.ask("PING")).isEqualTo("+PONG");
      assertThat(other.ask("PING")).isEqualTo("+PONG");
    }
  }
}
