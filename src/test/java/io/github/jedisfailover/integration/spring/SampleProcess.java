package io.github.jedisfailover.integration.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The sample's service in a process of its own. */
final class SampleProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Process process;
  private final Thread reader;
  private final int port;

  SampleProcess(Path jar, int port, Map<String, String> environment) throws IOException {
    this.port = port;
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            jar.toString(),
            "--server.port=" + port);
    command.environment().putAll(environment);
    process = command.redirectErrorStream(true).start();
    reader = new Thread(this::read, "test-sample-output");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(log::add);
    } catch (IOException | UncheckedIOException e) {
      log.add("ENDED " + e.getMessage());
    }
  }

  void awaitStatus(String path, int status) {
    await(path + " answers " + status)
        .pollInterval(Duration.ofMillis(100))
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(e -> process.isAlive())
        .until(() -> get(path).statusCode() == status);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  String text(String path) throws IOException, InterruptedException {
    return get(path).body();
  }

  JsonObject json(String path) throws IOException, InterruptedException {
    return JsonParser.parseString(text(path)).getAsJsonObject();
  }

  void put(String path, String text) throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "text/plain")
            .PUT(HttpRequest.BodyPublishers.ofString(text))
            .build();
    assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  CompletableFuture<String> post(String path) {
    return http.sendAsync(
            request(path).POST(HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString())
        .thenApply(HttpResponse::body);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
  }

  /** Asks it to stop, as a container's host does; its log. */
  List<String> stop() throws InterruptedException {
    process.toHandle().destroy(); // destroy() of the process itself would close its output first
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(this::log).isTrue();
    reader.join(PATIENCE.toMillis());
    return List.copyOf(log);
  }

  String log() {
    return String.join("\n", log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
