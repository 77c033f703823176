package io.github.jedisfailover.internal.monitor.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The installed {@code openssl}, in one directory. */
record OpenSsl(Path directory) {
  static boolean missing() {
    try {
      return new ProcessBuilder("openssl", "version").start().waitFor() != 0;
    } catch (IOException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Runs one command, words apart by blanks. */
  OpenSsl run(String command) {
    List<String> words = new ArrayList<>(List.of("openssl"));
    words.addAll(List.of(command.split(" ")));
    try {
      Process process =
          new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(words + ": " + output);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A key of this kind and a certificate that signs itself: {@code NAME.key}, {@code NAME.crt}. */
  OpenSsl certificate(String name, String kind) {
    return run(
        "req -x509 -nodes -newkey "
            + kind
            + " -subj /CN="
            + name
            + " -days 2 -keyout "
            + name
            + ".key -out "
            + name
            + ".crt");
  }
}
