package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisServers;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The core starts and works with none of the optional libraries on the class path. */
class NoOptionalLibrariesIT {
  /** What the POM has in compile scope and not as optional, and what that needs itself. */
  private static final Pattern REQUIRED =
      Pattern.compile(
          "(jedis|commons-pool2|resilience4j-circuitbreaker|resilience4j-retry|resilience4j-core"
              + "|slf4j-api|json|gson|redis-authx-core)-[0-9][^/]*\\.jar");

  @Test
  void aClientWorks() throws Exception {
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(1);
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx128m", "-cp", classPath(servers.scratch("bare"))));
      command.add(BareProgram.class.getName());
      command.add(RedisServers.LOOPBACK + ":" + servers.ports().any(RedisServers.LOOPBACK));
      Arrays.stream(group.addresses()).map(Object::toString).forEach(command::add);
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes());
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(output).contains("read works", "health ", "jedis 8.", "done");
      assertThat(process.exitValue()).as(output).isZero();
    }
  }

  /** Our classes, the required jars, and of the tests one class. */
  private static String classPath(Path directory) throws IOException {
    String program = BareProgram.class.getName().replace('.', '/') + ".class";
    Path copy = directory.resolve(program);
    Files.createDirectories(copy.getParent());
    Files.copy(Path.of("target/test-classes", program), copy);
    List<String> jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(e -> REQUIRED.matcher(Path.of(e).getFileName().toString()).matches())
            .toList();
    assertThat(jars).as("required jars").hasSize(9);
    return Stream.concat(Stream.of("target/classes", directory.toString()), jars.stream())
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void thePomRequiresNothingElse() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String dependencies =
        pom.substring(pom.indexOf("</dependencyManagement>"), pom.indexOf("<build>"));
    List<String> required =
        Arrays.stream(dependencies.split("<dependency>"))
            .skip(1)
            .map(d -> d.replaceAll("(?s)<exclusions>.*</exclusions>", ""))
            .filter(d -> !d.contains("<optional>true") && !d.contains("<scope>"))
            .map(d -> d.replaceAll("(?s).*<artifactId>(.*?)</artifactId>.*", "$1"))
            .toList();
    assertThat(required).isNotEmpty().allMatch(a -> REQUIRED.matcher(a + "-1.jar").matches());
  }
}
