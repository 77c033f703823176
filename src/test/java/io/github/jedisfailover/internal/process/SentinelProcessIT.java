package io.github.jedisfailover.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.testing.FreePorts;
import io.github.jedisfailover.testsupport.RealSentinel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The built program beside the installed redis-sentinel: same words, same exit status. */
class SentinelProcessIT {
  private final FreePorts ports = new FreePorts();
  private final int port = ports.any("127.0.0.1");

  @TempDir private Path directory;

  @BeforeEach
  void both() {
    assumeTrue(
        RealSentinel.version().filter(v -> v.startsWith("7.0.")).isPresent(),
        "skipped: there is no redis-sentinel 7.0 to compare with");
  }

  private Path fresh(String name, String conf) throws IOException {
    Path made = Files.createDirectory(directory.resolve(name)).toRealPath();
    Files.writeString(made.resolve("s.conf"), conf.replace("PORT", Integer.toString(port)));
    return made;
  }

  private SentinelProgram.Ended end(List<String> program, Path where, String[] arguments) {
    try (SentinelProgram run = SentinelProgram.start(program, where, arguments)) {
      return run.ended();
    }
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          port PORT                         | ``                          | no file
          port PORT                         | --port PORT                 | options without a file
          port PORT                         | missing.conf                | a file that is not there
          port PORT\\nfoo bar               | s.conf                      | an unknown option
          port PORT\\nport x                | s.conf                      | a wrong value
          port PORT                         | s.conf --foo bar            | an unknown option of the command line
          port PORT                         | s.conf --port 99999         | a wrong value of the command line
          sentinel monitor m 1.2.3.4 1 0    | s.conf                      | quorum 0
          sentinel down-after-milliseconds m 1 | s.conf                   | no such master
          port 0                            | s.conf                      | nowhere to listen
          port PORT\\nbind 1.2.3.4          | s.conf                      | an address of another machine
          port PORT\\nlogfile /no/dir/x.log | s.conf                      | a log that cannot be written
          port PORT\\ndir /no/dir           | s.conf                      | a directory that is not there
          """)
  void whatIsWrongEndsWithTheSameWords(String conf, String arguments, String why)
      throws IOException {
    String text = conf.replace("\\n", "\n") + "\n";
    String line = arguments.replace("PORT", Integer.toString(port));
    String[] words = line.isEmpty() ? new String[0] : line.split(" ");
    Path real = fresh("real", text);
    Path ours = fresh("ours", text);

    SentinelProgram.Ended expected = end(SentinelProgram.real(), real, words);
    SentinelProgram.Ended ended = end(SentinelProgram.ours(), ours, words);

    assertThat(ended).as(why).isEqualTo(expected);
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ours.resolve("s.conf")).hasSameTextualContentAs(real.resolve("s.conf"));
  }

  @Test
  void aPortThatIsTakenLeavesTheFileAlone() throws IOException {
    String conf = "port PORT\nsentinel monitor m 127.0.0.1 6399 1\n";
    Path real = fresh("real", conf);
    Path ours = fresh("ours", conf);
    String before = Files.readString(ours.resolve("s.conf"));
    String[] words = {"s.conf"};
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      SentinelProgram.Ended expected = end(SentinelProgram.real(), real, words);
      assertThat(end(SentinelProgram.ours(), ours, words)).isEqualTo(expected);
      assertThat(taken.isBound()).isTrue();
    }
    assertThat(ours.resolve("s.conf")).hasContent(before);
  }

  @Test
  void aFileThatCannotBeWrittenIsRefused() throws IOException {
    assumeTrue(
        "root".equals(System.getProperty("user.name")) && canChangeUser(),
        "skipped: needs root and setpriv");
    List<SentinelProgram.Ended> both = new ArrayList<>();
    for (List<String> program : List.of(SentinelProgram.real(), SentinelProgram.ours())) {
      Path where = fresh(SentinelProgram.isReal(program) ? "real" : "ours", "port PORT\n");
      open(directory);
      open(where);
      List<String> nobody = new ArrayList<>(List.of("setpriv", "--reuid", "65534"));
      nobody.addAll(program);
      both.add(end(nobody, where, new String[] {"s.conf"}));
    }
    assertThat(both.get(1)).isEqualTo(both.get(0));
    assertThat(both.get(1).out().get(0)).endsWith("is not writable: Permission denied. Exiting...");
  }

  private static boolean canChangeUser() {
    return Files.isExecutable(Path.of("/usr/bin/setpriv"));
  }

  private static void open(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void withoutALogFileItTalksOnTheStandardOutput() throws IOException {
    List<SentinelProgram.Ended> both = new ArrayList<>();
    for (List<String> program : List.of(SentinelProgram.real(), SentinelProgram.ours())) {
      Path where =
          fresh(
              SentinelProgram.isReal(program) ? "real" : "ours",
              "port PORT\nsentinel monitor m 127.0.0.1 1 2\n");
      try (SentinelProgram run =
          SentinelProgram.start(program, where, "s.conf", "--sentinel").awaitPong(port)) {
        run.signal("TERM");
        both.add(run.ended());
      }
    }
    assertThat(both.get(1)).isEqualTo(both.get(0));
    assertThat(both.get(1).status()).isZero();
    assertThat(both.get(1).err()).isEmpty();
  }

  @Test
  void withALogFileItIsSilentAndHangUpEndsNothing() throws IOException {
    List<List<String>> logs = new ArrayList<>();
    for (List<String> program : List.of(SentinelProgram.real(), SentinelProgram.ours())) {
      Path where =
          fresh(
              SentinelProgram.isReal(program) ? "real" : "ours",
              "port PORT\nlogfile a.log\npidfile x.pid\nsentinel monitor m 127.0.0.1 1 2\n");
      try (SentinelProgram run =
          SentinelProgram.start(program, where, "s.conf", "--loglevel", "verbose")) {
        run.awaitPong(port);
        assertThat(where.resolve("x.pid")).as("its own process").hasContent(run.pid() + "\n");
        run.signal("HUP");
        run.awaitPong(port);
        run.signal("INT");
        assertThat(run.ended()).isEqualTo(new SentinelProgram.Ended(0, List.of(), List.of()));
        assertThat(where.resolve("x.pid")).doesNotExist();
        logs.add(run.lines("a.log"));
      }
    }
    assertThat(logs.get(1)).isEqualTo(logs.get(0));
  }

  @Test
  void scriptsHearOfEvents() throws IOException {
    List<List<String>> heard = new ArrayList<>();
    for (List<String> program : List.of(SentinelProgram.real(), SentinelProgram.ours())) {
      Path where =
          fresh(
              SentinelProgram.isReal(program) ? "real" : "ours",
              "port PORT\nlogfile a.log\nsentinel monitor m 127.0.0.1 1 2\n"
                  + "sentinel down-after-milliseconds m 60000\n"
                  + "sentinel notification-script m ./note.sh\n");
      Path script = where.resolve("note.sh");
      Files.writeString(
          script, "#!/bin/sh\necho \"$0|$1|$2|$#|$(pwd)|\"$(ls /proc/self/fd) >>heard\n");
      open(script);
      try (SentinelProgram run = SentinelProgram.start(program, where, "s.conf")) {
        run.awaitPong(port);
        await().until(() -> Files.exists(where.resolve("heard")));
        await().until(() -> !run.lines("heard").isEmpty());
        heard.add(run.lines("heard"));
      }
    }
    assertThat(heard.get(1)).isEqualTo(heard.get(0));
    // ls itself has opened the directory that it lists.
    assertThat(heard.get(1).get(0)).as("no open file of ours leaks").endsWith("|0 1 2 3");
    assertThat(heard.get(1).get(0))
        .startsWith("./note.sh|+monitor|master m 127.0.0.1 1 quorum 2|2");
  }

  @Test
  void aPasswordIsAskedForAndAClientMayEndIt() throws IOException {
    List<String> said = new ArrayList<>();
    for (List<String> program : List.of(SentinelProgram.real(), SentinelProgram.ours())) {
      Path where =
          fresh(
              SentinelProgram.isReal(program) ? "real" : "ours",
              "port PORT\nlogfile a.log\nrequirepass secret\nuser bob on >pass -@all +ping &*\n");
      try (SentinelProgram run = SentinelProgram.start(program, where, "s.conf")) {
        await().until(() -> !SentinelProgram.ask(port, "PING").isEmpty());
        said.add(talk("PING", "AUTH bob pass", "PING", "ROLE", "AUTH wrong").toString());
        said.add(talk("AUTH secret", "SHUTDOWN").toString());
        said.add(run.ended().toString());
      }
    }
    assertThat(said.subList(3, 6)).isEqualTo(said.subList(0, 3));
    assertThat(said.get(3)).startsWith("[-NOAUTH").contains("+PONG", "-NOPERM", "-WRONGPASS");
  }

  /** The first line of each answer; {@code null} where the connection ended instead. */
  private List<String> talk(String... commands) throws IOException {
    List<String> answers = new ArrayList<>();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      for (String command : commands) {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        answers.add(in.readLine());
      }
    }
    return answers;
  }

  @Test
  void inTheBackgroundAnotherProcessGoesOn() throws IOException {
    Path where = fresh("ours", "port PORT\nlogfile a.log\ndaemonize yes\npidfile x.pid\n");
    try (SentinelProgram run = SentinelProgram.start(SentinelProgram.ours(), where, "s.conf")) {
      assertThat(run.ended()).isEqualTo(new SentinelProgram.Ended(0, List.of(), List.of()));
      SentinelProgram.awaitPong(port, () -> true);
      long pid = Long.parseLong(Files.readString(where.resolve("x.pid")).trim());
      assertThat(pid).isNotEqualTo(run.pid());
      Optional<ProcessHandle> behind = ProcessHandle.of(pid);
      behind.ifPresent(ProcessHandle::destroy);
      await().until(() -> behind.map(b -> !b.isAlive()).orElse(true));
      assertThat(where.resolve("x.pid")).doesNotExist();
    }
  }

  @Test
  void itMovesBetweenTheTwoOnTheSameFile() throws IOException {
    Path where =
        fresh(
            "moving",
            "port PORT\nlogfile a.log\nsentinel monitor m 127.0.0.1 1 2\n"
                + "sentinel known-sentinel m 127.0.0.1 2 "
                + "a".repeat(40)
                + "\n"
                + "sentinel known-replica m 127.0.0.1 3\n"
                + "sentinel config-epoch m 7\nsentinel leader-epoch m 9\n"
                + "sentinel current-epoch 9\n");
    List<String> ids = new ArrayList<>();
    List<String> facts = new ArrayList<>();
    for (List<String> program :
        List.of(SentinelProgram.real(), SentinelProgram.ours(), SentinelProgram.real())) {
      try (SentinelProgram run = SentinelProgram.start(program, where, "s.conf")) {
        run.awaitPong(port);
        ids.add(SentinelProgram.ask(port, "SENTINEL MYID"));
        assertThat(SentinelProgram.ask(port, "SENTINEL FLUSHCONFIG")).isEqualTo("+OK\r\n");
        run.signal("TERM");
        assertThat(run.ended().status()).isZero();
      }
      facts.add(
          Files.readAllLines(where.resolve("s.conf")).stream()
              .filter(l -> l.startsWith("sentinel "))
              .sorted()
              .toList()
              .toString());
    }
    assertThat(ids).hasSize(3).containsOnly(ids.get(0));
    assertThat(facts).containsOnly(facts.get(0));
    assertThat(facts.get(0))
        .contains("known-sentinel m 127.0.0.1 2", "known-replica m 127.0.0.1 3")
        .contains("leader-epoch m 9", "current-epoch 9", "config-epoch m 7");
  }
}
