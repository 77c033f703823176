package io.github.jedisfailover.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What one call of the command line printed, and its exit status. */
record Printed(int status, String out, String err) {
  /** The packaged jar, in a process of its own. */
  static Printed byJar(Map<String, String> environment, String... arguments) {
    try {
      Process process = start(environment, arguments);
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Printed(process.exitValue(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Still running. */
  static Process start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar"));
    command.add(jar().toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(
              f -> f.getFileName().toString().matches("jedis-failover-[0-9.]+(-SNAPSHOT)?-cli.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** In this process, which is quicker. */
  static Printed here(Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, false);
    int status = Main.run(new Surroundings(terminal, environment), arguments);
    return new Printed(status, out.toString(), err.toString());
  }

  static Printed here(String... arguments) {
    return here(Map.of(), arguments);
  }

  JsonObject json() {
    return JsonParser.parseString(out).getAsJsonObject();
  }

  Printed ends(int expected) {
    assertThat(status).as("%s", this).isEqualTo(expected);
    return this;
  }
}
