package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.samples.demo.FailoverDemo;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first command of the README, in a process of its own as there. */
class DemoIT {
  @Test
  void showsAFailoverAndFindsNothingWrong(@TempDir Path scratch) throws Exception {
    File output = scratch.resolve("output").toFile();
    Process demo =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                FailoverDemo.class.getName(),
                "--quick")
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    try {
      assertThat(demo.waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();
      assertThat(demo.exitValue()).as(Files.readString(output.toPath())).isZero();
      assertThat(output).content().contains("PASS").doesNotContain("FAIL");
    } finally {
      demo.destroyForcibly();
    }
  }
}
