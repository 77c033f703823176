package io.github.jedisfailover.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.testing.FreePorts;
import io.github.jedisfailover.testsupport.RealSentinel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rename-command} lines of a Sentinel's own: the real one and ours answer the same. */
class RenamedOwnCommandsIT {
  private static final List<String> LINES =
      List.of(
          "rename-command SENTINEL Guard",
          "rename-command ping P1",
          "rename-command P1 p2",
          "rename-command CLIENT customer",
          "rename-command SHUTDOWN \"\"",
          "user bob on nopass +sentinel|myid +ping");

  private static final List<String> QUESTIONS =
      List.of(
          "PING",
          "p1",
          "P2",
          "P2 a b c",
          "shutdown nosave",
          "SENTINEL masters",
          "guard CKQUORUM nosuch",
          "GUARD nosuch",
          "GUARD ckquorum",
          "GUARD help",
          "customer nosuch",
          "customer HELP",
          "customer setname",
          "client id",
          "COMMAND COUNT",
          "COMMAND INFO shutdown",
          "COMMAND INFO ping",
          "COMMAND INFO p2",
          "COMMAND INFO customer|id",
          "COMMAND GETKEYS ping",
          "COMMAND GETKEYS p2",
          "ACL DRYRUN bob p2",
          "ACL DRYRUN bob ping",
          "ACL DRYRUN bob guard masters",
          "ACL SETUSER bob +ping",
          "ACL SETUSER bob +p2",
          "ACL LIST",
          "ROLE");

  @TempDir private Path directory;

  private List<String> answers(List<String> program) throws IOException {
    int port = new FreePorts().any("127.0.0.1");
    Path own = Files.createDirectory(directory.resolve(Integer.toString(port)));
    Path file = own.resolve("s.conf");
    String text = "port " + port + "\nlogfile s.log\n" + String.join("\n", LINES) + "\n";
    Files.writeString(file, text);
    try (SentinelProgram run = SentinelProgram.start(program, own, "s.conf")) {
      SentinelProgram.awaitPong(port, "P2", run::isAlive);
      assertThat(SentinelProgram.ask(port, "customer list")).contains("cmd=client|list");
      SentinelProgram.ask(port, "guard flushconfig");
      assertThat(Files.readString(file)).contains("rename-command SENTINEL Guard\n");
      return QUESTIONS.stream()
          .map(q -> q + " -> " + inOrder(SentinelProgram.ask(port, q)))
          .toList();
    }
  }

  /** Redis lists the rules of a user in the order of a hash table, another one in each process. */
  private static String inOrder(String answer) {
    return answer
        .lines()
        .map(l -> l.startsWith("user ") ? Arrays.stream(l.split(" ")).sorted().toList() + "" : l)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void clientsNeedTheNewNamesAndNothingElseChanges() throws IOException {
    assumeTrue(RealSentinel.version().isPresent(), "skipped: no redis-sentinel on the PATH");
    List<String> real = answers(SentinelProgram.real());
    List<String> ours = answers(SentinelProgram.ours());
    SoftAssertions softly = new SoftAssertions();
    for (int i = 0; i < real.size(); i++) {
      softly.assertThat(ours.get(i)).isEqualTo(real.get(i));
    }
    softly.assertAll();
  }
}
