package io.github.jedisfailover.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.internal.doctor.Rule;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs no server. */
class CommandLineTest {
  private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

  @ParameterizedTest
  @ValueSource(strings = {"", "status", "switchover", "promote", "doctor"})
  void helpFitsTheTerminalAndThePageHasEveryOption(String command) {
    Printed help = Printed.here(words(command + " --help")).ends(Exit.FINE);
    assertThat(help.out().lines()).allMatch(l -> l.length() <= Terminal.WIDTH);
    List<String> page = Page.lines();
    assertThat(OPTION.matcher(help.out()).results().map(MatchResult::group))
        .allMatch(o -> page.stream().anyMatch(l -> l.contains("`" + o)), "is on the page");
    if (!command.isEmpty()) {
      assertThat(help.out()).contains("Examples:\n  jedis-failover " + command + " ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                        | a command must be given
          status                    | the deployment must be named: --sentinels, --nodes
          stauts                    | Unmatched argument at index 0: 'stauts'
          status -n a:1 --nosuch    | Unknown option: '--nosuch'
          status -n a               | nodes: address must be host:port, was 'a'
          status -n a:1 --watch=0   | --watch must be 1..3600 (seconds), was 0
          status -n a:1 --timeout 5 | --timeout must be a duration with its unit
          status -n a:1 --user x    | password must be set when user is, was not set
          status -u redis://a       | the URI must start with redis+failover://
          status -u redis+failover://a?x=1 | unknown setting 'x'
          status -n a:1 --password-file /nosuch | --password-file must be a file that can be read
          doctor -n a:1 --ignore x  | --ignore must be of [no-master,
          doctor -n a:1 --fail-on x | Invalid value for option '--fail-on'
          doctor -n a:1 --sample 61 | --sample must be 0..60 (seconds), was 61
          promote -n a:1            | Missing required parameter: 'HOST:PORT'
          promote b:1 -s a:1        | promote is for nodes that no monitor watches
          switchover -n a:1         | switchover needs --sentinels
          """)
  void wrongUseIsExplained(String line, String message) {
    assertThat(Printed.here(words(line)).ends(Exit.USAGE).err().replaceAll("\\s+", " "))
        .contains(message);
  }

  private static String[] words(String line) {
    return Stream.of(line.trim().split(" +")).filter(w -> !w.isEmpty()).toArray(String[]::new);
  }

  @Test
  void loginsComeFromUriEnvironmentAndFiles(@TempDir Path directory) throws IOException {
    ConnectionOptions options = new ConnectionOptions();
    options.timeout = "750ms";
    options.uri =
        "redis+failover://app:one@h1:7000,h2/0?masterName=orders&monitors=m1:1,m2:1,m3:1"
            + "&listen=m1:1&listener.requirePass=peers&readFrom=replica&tls=true";
    Target target = TargetReader.read(options, Map.of());
    assertThat(target.group()).isEqualTo("orders");
    assertThat(target.nodes())
        .containsExactly(new NodeAddress("h1", 7000), new NodeAddress("h2", 6379));
    assertThat(target.monitors()).hasSize(3).contains(new NodeAddress("m2", 1));
    assertThat(target.nodeLogin().getPassword()).isEqualTo("one");
    assertThat(target.nodeLogin().getUser()).isEqualTo("app");
    assertThat(target.nodeLogin().isSsl()).isTrue();
    assertThat(target.monitorLogin().getPassword()).isEqualTo("peers");
    assertThat(target.monitorLogin().isSsl()).isFalse();
    assertThat(target.timeoutMillis()).isEqualTo(750);
    assertThat(target.settings()).doesNotContainKeys("listen", "monitors", "readFrom");

    Map<String, String> environment =
        Map.of(ConnectionOptions.PASSWORD, "two", ConnectionOptions.SENTINEL_PASSWORD, "other");
    assertThat(TargetReader.read(options, environment).nodeLogin().getPassword()).isEqualTo("two");
    assertThat(TargetReader.read(options, environment).monitorLogin().getPassword())
        .isEqualTo("other");
    options.passwordFile = Files.writeString(directory.resolve("password"), "three\r\n");
    assertThat(TargetReader.read(options, environment).nodeLogin().getPassword())
        .isEqualTo("three");
    Files.writeString(options.passwordFile, "\nfour");
    assertThatThrownBy(() -> TargetReader.read(options, environment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--password-file must be a file whose first line is the password");
    options.passwordFile = null;
    options.askPassword = true;
    options.tlsVerify = "sideways";
    assertThatThrownBy(() -> TargetReader.read(options, environment))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void thePageHasEveryFindingAsTheCodeHasIt() {
    List<String> rows =
        Page.lines().stream()
            .filter(l -> l.matches("\\| `[a-z-]+` \\| (danger|warning|note) \\|.*"))
            .toList();
    assertThat(rows)
        .containsExactlyElementsOf(
            Arrays.stream(Rule.values())
                .map(r -> "| `" + r.code() + "` | " + r.severity().word() + " | " + row(r))
                .toList());
  }

  private static String row(Rule rule) {
    return rule.summary() + (rule.acute() ? " | yes |" : " | |");
  }

  @Test
  void thePageHasTheExitStatusesOfTheHelp() {
    List<String> help =
        Printed.here("--help")
            .out()
            .lines()
            .filter(l -> l.matches("  [0-9]  .*"))
            .map(l -> "| " + l.charAt(2) + " | " + l.substring(5) + " |")
            .toList();
    assertThat(help).hasSize(6);
    assertThat(Page.lines()).containsAll(help);
  }

  @Test
  void coloursAreForTerminalsAndNotForThoseWhoWantNone() {
    assertThat(Terminal.mayColour(Map.of("TERM", "xterm"))).isTrue();
    assertThat(Terminal.mayColour(Map.of("NO_COLOR", ""))).isTrue();
    assertThat(Terminal.mayColour(Map.of("NO_COLOR", "1"))).isFalse();
    assertThat(Terminal.mayColour(Map.of("TERM", "dumb"))).isFalse();
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    assertThat(new Terminal(nowhere, nowhere, true, false).bad("x")).isEqualTo("x");
    assertThat(new Terminal(nowhere, nowhere, true, true).bad("x"))
        .contains("x")
        .startsWith("\u001b");
  }

  @Test
  void jsonIsQuoted() {
    assertThat(Json.text(Map.of("a\"b", List.of("\\\n\u0001", 1L, true))))
        .isEqualTo("{\"a\\\"b\":[\"\\\\\\n\\u0001\",1,true]}");
  }
}
