package io.github.jedisfailover.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The test in README.md, copied out, compiled and run as a reader would do it. */
class ReadmeTestIT {
  private static final Pattern TEST =
      Pattern.compile(
          "```java\\R((?:(?!```).)*@WithReplicatedRedis(?:(?!```).)*)```", Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("class (\\w+)");
  private static final int LINES = 15;
  private static final Duration LONGEST = Duration.ofSeconds(15);

  @TempDir Path directory;

  @Test
  void theTestOfTheReadmeCompilesAndPasses() throws Exception {
    String code = fromReadme();
    assertThat(code.lines().filter(l -> !l.isBlank())).hasSizeLessThanOrEqualTo(LINES);
    Matcher named = CLASS.matcher(code);
    assertThat(named.find()).isTrue();
    compile(Files.writeString(directory.resolve(named.group(1) + ".java"), code));

    long begin = System.nanoTime();
    TestExecutionSummary summary = run(named.group(1));
    Duration took = Duration.ofNanos(System.nanoTime() - begin);

    System.out.println("the test of README.md took " + took.toMillis() + " ms");
    assertThat(summary.getFailures()).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
    assertThat(took).isLessThan(LONGEST);
  }

  private static String fromReadme() throws IOException {
    Matcher test = TEST.matcher(Files.readString(Path.of("README.md")));
    assertThat(test.find()).as("a test in README.md").isTrue();
    return test.group(1);
  }

  private void compile(Path source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", "" + directory);
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as("%s", said).isTrue();
    }
  }

  private TestExecutionSummary run(String name) throws Exception {
    URL[] compiled = {directory.toUri().toURL()};
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    try (URLClassLoader loader = new URLClassLoader(compiled, getClass().getClassLoader())) {
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(selectClass(loader.loadClass(name)))
              .build();
      LauncherFactory.create().execute(request, listener);
    }
    return listener.getSummary();
  }
}
