package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jedisfailover.internal.monitor.conf.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfFileTest {
  @TempDir Path given;
  private Path directory;
  private Path path;
  private ConfFile file;

  @BeforeEach
  void open() throws IOException {
    directory = given.toRealPath();
    path = directory.resolve("s.conf");
    file = new ConfFile(path);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void everyByteSurvives() throws IOException {
    StringBuilder text = new StringBuilder();
    for (char c = 0; c < 256; c++) {
      text.append(c);
    }
    file.write(text.toString());
    assertThat(file.read()).isEqualTo(text.toString());
    assertThat(Files.readAllBytes(path)).hasSize(256);
    file.write("short");
    assertThat(file.read()).isEqualTo("short");
    assertThat(names()).containsExactly("s.conf");
    assertThat(file.writable()).isTrue();
  }

  @Test
  void aFileThatWasClosedStaysClosedAndAWideOneIsNarrowed() throws IOException {
    assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"), "no POSIX");
    file.write("x");
    assertThat(permissions()).matches("rw-(r|-)--(r|-)--");
    for (String[] change :
        new String[][] {
          {"rw-------", "rw-------"}, {"rw-rw-rw-", "rw-r--r--"}, {"r--r-----", "rw-r-----"}
        }) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(change[0]));
      file.write("y");
      // The umask may take away more.
      assertThat(change[1]).as(change[0]).startsWith("rw-");
      assertThat(Files.getPosixFilePermissions(path))
          .isSubsetOf(PosixFilePermissions.fromString(change[1]))
          .containsAll(PosixFilePermissions.fromString("rw-------"));
    }
  }

  private String permissions() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aFailureNamesItsStepAndLeavesNothingBehind() throws IOException {
    Files.createDirectories(path.resolve("full"));
    assertThatThrownBy(() -> file.write("x"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "config file " + path + ": could not rename the new file over it: ");
    assertThat(names()).containsExactly("s.conf");

    ConfFile nowhere = new ConfFile(directory.resolve("no/s.conf"));
    assertThatThrownBy(() -> nowhere.write("x"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no/s.conf: could not create a file beside it: ");
    assertThat(nowhere.writable()).isFalse();
    assertThatThrownBy(nowhere::read).isInstanceOf(IOException.class);
  }

  @Test
  void relativePathsStartAtTheDirectoryThatWasEnteredLast() throws Exception {
    Surroundings around = new ConfSurroundings(directory);
    Path script = Files.createDirectories(directory.resolve("a/b")).resolve("x.sh");
    assertThat(Files.createFile(script).toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(directory.resolve("link"), directory.resolve("a/b"));

    assertThat(around.enter("link")).isEmpty();
    assertThat(around.directory()).isEqualTo(directory.resolve("a/b").toString());
    assertThat(around.executable("x.sh")).isTrue();
    assertThat(around.executable("../../s.conf")).isFalse();
    assertThat(around.executable("")).isFalse();
    assertThat(around.enter("../gone")).contains("No such file or directory");
    assertThat(around.enter("x.sh")).contains("Not a directory");
    assertThat(around.enter("")).contains("No such file or directory");
    assertThat(around.openLog("my.log")).isEmpty();
    assertThat(directory.resolve("a/b/my.log")).exists();
    assertThat(around.openLog("gone/my.log")).contains("No such file or directory");
    assertThat(around.openLog("..")).contains("Is a directory");
    assertThat(around.resolve("localhost")).isPresent();
    assertThat(around.resolve("")).isEmpty();
    assertThat(around.resolve("no.such.host.invalid")).isEmpty();
  }

  @Test
  void includesAreReadAsOneText() throws Exception {
    Surroundings around = new ConfSurroundings(directory);
    Files.writeString(directory.resolve("2.part"), "b\u00e4", StandardCharsets.ISO_8859_1);
    Files.writeString(directory.resolve("1.part"), "a\n");
    Files.writeString(directory.resolve(".0.part"), "hidden");
    assertThat(around.include("*.part")).containsExactly("a\nb\u00e4");
    assertThat(around.include("1.part")).containsExactly("a\n");
    assertThat(around.include("*.none")).containsExactly("");
    assertThat(around.include("gone/*.none")).containsExactly("");
    assertThat(around.include("[")).containsExactly("");
    assertThatThrownBy(() -> around.include("gone"))
        .isInstanceOf(Surroundings.IncludeFailed.class)
        .hasMessage("No such file or directory");
  }

  @Test
  void aPatternMayStandInAnyPartOfAPath() throws Exception {
    for (String name : List.of("b/x.conf", "a/x.conf", "a/.hidden.conf", "ab/x.conf", "a/x.old")) {
      Path part = directory.resolve("conf.d").resolve(name);
      Files.createDirectories(part.getParent());
      Files.writeString(part, name + ";");
    }
    ConfSurroundings around = new ConfSurroundings(directory);
    assertThat(around.include("conf.d/?/*.conf")).containsExactly("a/x.conf;b/x.conf;");
    assertThat(around.include(directory + "/*/[!b]*/.h*")).containsExactly("a/.hidden.conf;");
    assertThat(around.include("conf.d/*/x.conf/*")).containsExactly("");
  }
}
