package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.PendingScript;
import io.github.jedisfailover.internal.monitor.core.ScriptQueue;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real scripts. */
class ScriptRunnerIT {
  @TempDir private Path directory;
  private final DaemonThreads threads = new DaemonThreads("scripts-it");
  private final List<CoreAction.Report> events = new CopyOnWriteArrayList<>();
  private ScriptRunner runner;

  @BeforeEach
  void start() {
    runner =
        new ScriptRunner(
            new ScriptQueue(),
            new ScriptStarter(directory, false),
            events::add,
            MonotonicClock.SYSTEM);
    runner.start(threads);
  }

  @AfterEach
  void stop() {
    runner.close();
    threads.close();
  }

  private Path script(String name, String body) throws IOException {
    Path file = directory.resolve(name);
    Files.writeString(file, body);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  private List<String> events(String name) {
    return events.stream().filter(e -> e.name().equals(name)).map(e -> e.payload()).toList();
  }

  private void awaitEvent(String name, String payload) {
    await(name).untilAsserted(() -> assertThat(events(name)).containsExactly(payload));
  }

  private void awaitDone() {
    await("all scripts have run").until(() -> runner.pending().isEmpty());
  }

  @Test
  void argumentsEnvironmentAndDirectoryArrive() throws IOException {
    script("note.sh", "#!/bin/sh\n{ pwd; echo \"$#\"; echo \"$1|$2\"; echo \"$PATH\"; } >out\n");
    runner.schedule(List.of("note.sh", "+sdown", "master m 1.2.3.4 6379; $(touch hacked)"));
    awaitDone();
    assertThat(Files.readAllLines(directory.resolve("out")))
        .containsExactly(
            directory.toRealPath().toString(),
            "2",
            "+sdown|master m 1.2.3.4 6379; $(touch hacked)",
            System.getenv("PATH"));
    assertThat(directory.resolve("hacked")).doesNotExist();
    await().until(() -> events("-script-child").size() == 1);
  }

  @Test
  void noOpenFileOfOursLeaks() throws IOException {
    // ls itself opens the directory that it lists, with the first free number.
    Path script = script("fds.sh", "#!/bin/sh\nexec ls -l /proc/self/fd >out\n");
    try (ServerSocket listening = new ServerSocket(0);
        Socket client = new Socket("127.0.0.1", listening.getLocalPort());
        Socket accepted = listening.accept();
        FileChannel file = FileChannel.open(script, StandardOpenOption.READ)) {
      assertThat(List.of(client.isConnected(), accepted.isConnected(), file.isOpen()))
          .containsOnly(true);
      runner.schedule(List.of(script.toString()));
      awaitDone();
    }
    List<String> open =
        Files.readAllLines(directory.resolve("out")).stream()
            .filter(l -> l.contains(" -> "))
            .map(l -> l.replaceAll(".* (\\d+) -> .*", "$1"))
            .toList();
    assertThat(open).containsExactlyInAnyOrder("0", "1", "2", "3");
  }

  @Test
  void statusOneIsTriedAgain() throws IOException {
    runner.times(60_000, 50);
    script(
        "twice.sh",
        "#!/bin/sh\n[ -e once ] && echo done >out\n[ -e once ] || { >once; exit 1; }\n");
    runner.schedule(List.of("./twice.sh"));
    awaitDone();
    assertThat(directory.resolve("out")).exists();
    await().untilAsserted(() -> assertThat(events("-script-child")).hasSize(2));
    assertThat(events("-script-child").get(0)).endsWith(" 0 1");
    assertThat(events("-script-child").get(1)).endsWith(" 0 0");
    assertThat(events("-script-error")).isEmpty();
  }

  @Test
  void statusTwoIsAnErrorForGood() throws IOException {
    Path script = script("bad.sh", "#!/bin/sh\nexit 2\n");
    runner.schedule(List.of(script.toString()));
    awaitEvent("-script-error", script + " 0 2");
    assertThat(runner.pending()).isEmpty();
  }

  @Test
  void aMissingScriptIsAnErrorForGood() {
    runner.schedule(List.of("/no/such/script", "+sdown"));
    awaitEvent("-script-error", "/no/such/script 0 2");
    assertThat(runner.pending()).isEmpty();
  }

  @Test
  void aCommandOfThePathIsNoScript() {
    runner.schedule(List.of("true"));
    awaitEvent("-script-error", "true 0 2");
  }

  @Test
  void deathBySignalIsTriedAgainAndChildrenAreReaped() throws IOException {
    Path script = script("dies.sh", "#!/bin/sh\nkill -USR1 $$\n");
    runner.schedule(List.of(script.toString()));
    await().untilAsserted(() -> assertThat(events("-script-child")).hasSize(1));
    String[] end = events("-script-child").get(0).split(" ");
    assertThat(end).containsExactly(end[0], "10", "0");
    PendingScript pending = runner.pending().get(0);
    assertThat(pending.running()).isFalse();
    assertThat(pending.pid()).isZero();
    assertThat(pending.retries()).isEqualTo(1);
    assertThat(pending.millis()).isBetween(20_000L, 30_000L);
    assertThat(Path.of("/proc", end[0])).as("no zombie is left").doesNotExist();
  }

  @Test
  void oneThatNeverEndsIsKilled() throws IOException {
    runner.times(200, 60_000);
    Path script = script("hangs.sh", "#!/bin/sh\necho $$ >pid\nexec sleep 600\n");
    runner.schedule(List.of(script.toString(), "x"));
    await().untilAsserted(() -> assertThat(events("-script-child")).hasSize(1));
    String pid = Files.readString(directory.resolve("pid")).trim();
    assertThat(events("+script-child")).containsExactly(pid);
    assertThat(events("-script-timeout")).containsExactly(script + " " + pid);
    assertThat(events("-script-child")).containsExactly(pid + " 9 0");
    assertThat(runner.pending().get(0).running()).isFalse();
  }
}
