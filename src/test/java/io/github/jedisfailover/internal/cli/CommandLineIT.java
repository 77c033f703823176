package io.github.jedisfailover.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.jedisfailover.testing.Access;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar, and the examples of its page, on real servers. */
class CommandLineIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SECRET = "s3cret";
  private static final Map<String, String> PASSWORD = Map.of(ConnectionOptions.PASSWORD, SECRET);

  @Test
  void aMonitoredGroup() throws IOException {
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(2);
      RedisNode old = group.master();
      try (LocalMonitors monitors =
          LocalMonitors.start(servers, group, Duration.ofSeconds(2)).awaitVotes()) {
        monitors.awaitAgreement(group, old);
        String sentinel = monitors.addresses().get(0).toString();
        looks(sentinel, old);
        watches(sentinel);
        examines(sentinel);
        switchesOver(sentinel, group, monitors);
        for (String example : Page.examples("status", "doctor", "switchover")) {
          RedisNode master = group.master();
          Printed printed = Printed.here(Page.words(example, group, monitors.addresses()));
          assertThat(printed.status())
              .as("%s: %s", example, printed)
              .isIn(Exit.FINE, example.contains(" switchover ") ? Exit.FINE : Exit.FINDINGS);
          if (example.contains(" switchover ")) {
            RedisNode next = group.awaitMasterOtherThan(master);
            group.awaitInSync(next);
            monitors.awaitAgreement(group, next);
          }
        }
        refuses(sentinel, group);
      }
    }
  }

  private static void looks(String sentinel, RedisNode master) {
    Printed text = Printed.byJar(Map.of(), "status", "-s", sentinel).ends(Exit.FINE);
    assertThat(text.out())
        .startsWith("mymaster: master " + master + ", epoch 0, 3 of 3 monitors see it up")
        .doesNotContain("\u001b");
    assertThat(text.out().lines()).allMatch(l -> l.length() <= Terminal.WIDTH);
    assertThat(text.err()).isEmpty();

    JsonObject json = Printed.byJar(Map.of(), "status", "-s", sentinel, "--json").json();
    assertThat(json.get("master").getAsString()).isEqualTo(master.toString());
    assertThat(objects(json, "nodes"))
        .hasSize(3)
        .filteredOn(n -> n.get("role").getAsString().equals("replica"))
        .hasSize(2)
        .allMatch(n -> n.get("link").getAsString().equals("up"))
        .allMatch(n -> n.get("lagBytes").getAsLong() >= 0 && n.get("lagSeconds").getAsLong() >= 0);
    assertThat(objects(json, "monitors"))
        .hasSize(3)
        .allMatch(m -> m.get("opinion").getAsString().equals("up"))
        .allMatch(m -> m.get("master").getAsString().equals(master.toString()));
  }

  private static void watches(String sentinel) throws IOException {
    Process process = Printed.start(Map.of(), "status", "-s", sentinel, "--watch=1", "--json");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith("{\"command\":\"status\"");
      assertThat(lines.readLine()).startsWith("{\"command\":\"status\"");
    } finally {
      process.destroy();
    }
  }

  private static void examines(String sentinel) {
    JsonObject json =
        Printed.byJar(Map.of(), "doctor", "-s", sentinel, "--sample=0", "--json")
            .ends(Exit.FINDINGS)
            .json();
    List<JsonObject> findings = objects(json, "findings");
    assertThat(findings)
        .extracting(f -> f.get("rule").getAsString())
        .contains("no-persistence", "monitors-on-one-host", "min-replicas-unset");
    assertThat(findings).allMatch(f -> !f.get("mend").getAsString().isEmpty());
    String all = String.join(",", findings.stream().map(f -> f.get("rule").getAsString()).toList());
    Printed ignoring =
        Printed.here("doctor", "-s", sentinel, "--sample=0", "--ignore", all).ends(Exit.FINE);
    assertThat(ignoring.out())
        .isEqualToNormalizingNewlines("mymaster: 3 nodes and 3 monitors examined, nothing found\n");
  }

  private static void switchesOver(String sentinel, RedisGroup group, LocalMonitors monitors) {
    RedisNode old = group.master();
    RedisNode next = group.replicas().get(1);
    JsonObject json =
        Printed.byJar(Map.of(), "switchover", "-s", sentinel, "--to", "" + next, "--json")
            .ends(Exit.FINE)
            .json();
    assertThat(json.get("from").getAsString()).isEqualTo(old.toString());
    assertThat(json.get("to").getAsString()).isEqualTo(next.toString());
    assertThat(json.get("gapMillis").getAsLong()).isBetween(0L, PATIENCE.toMillis());
    assertThat(next.role()).isEqualTo("master");
    group.awaitInSync(next);
    monitors.awaitAgreement(group, next);
  }

  private static void refuses(String sentinel, RedisGroup group) {
    String replica = group.replicas().get(0).toString();
    JsonObject stranger =
        Printed.here("switchover", "-s", sentinel, "--to", "127.0.0.1:1", "--json")
            .ends(Exit.REFUSED)
            .json();
    assertThat(stranger.get("error").getAsString()).contains("NOGOODSLAVE");
    assertThat(stranger.get("status").getAsInt()).isEqualTo(Exit.REFUSED);
    assertThat(Printed.here("promote", replica, "-n", replica).ends(Exit.REFUSED).err())
        .contains("monitors, which would undo a promotion by hand");
    Printed.here("promote", replica, "-s", sentinel).ends(Exit.USAGE);
    Printed.here("switchover", "-n", replica).ends(Exit.USAGE);
    assertThat(Printed.here("status", "-s", sentinel, "-m", "nosuch").ends(Exit.FINDINGS).out())
        .contains("does not watch nosuch");
  }

  @Test
  void aGroupThatNobodyMonitorsBehindAPassword(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("password"), SECRET + "\n");
    try (RedisServers servers = RedisServers.open(Access.password(SECRET))) {
      RedisGroup group = servers.group(2);
      RedisNode first = group.master();
      RedisNode second = group.replicas().get(0);
      RedisNode third = group.replicas().get(1);
      assertThat(Printed.here("status", "-n", "" + first).ends(Exit.UNREACHABLE).out())
          .contains("NOAUTH");
      Printed.byJar(PASSWORD, "status", "-n", "" + first).ends(Exit.FINE);
      String uri = "redis+failover://:" + SECRET + "@" + first + "/0?staticNodes=true";
      Printed.here(Map.of(ConnectionOptions.URI, uri), "status").ends(Exit.FINE);
      for (String example : Page.examples("login")) {
        String here = example.replace("/run/secrets/redis", file.toString());
        Printed.here(Page.words(here, group, List.of())).ends(Exit.FINE);
      }

      JsonObject planned =
          Printed.byJar(PASSWORD, "promote", "" + second, "-n", "" + first, "--json")
              .ends(Exit.FINE)
              .json();
      assertThat(planned.get("from").getAsString()).isEqualTo(first.toString());
      assertThat(planned.get("gapMillis").getAsLong()).isBetween(0L, PATIENCE.toMillis());
      assertThat(planned.getAsJsonArray("notFollowing")).isEmpty();
      assertThat(first.isInSyncWith(second.address())).isTrue();
      assertThat(third.isInSyncWith(second.address())).isTrue();

      second.kill();
      await("the replicas have noticed too")
          .atMost(PATIENCE)
          .until(
              () -> !first.isInSyncWith(second.address()) && !third.isInSyncWith(second.address()));
      Printed.here(PASSWORD, "status", "-n", first + "," + third).ends(Exit.FINDINGS);
      JsonObject emergency =
          Printed.byJar(PASSWORD, "promote", "" + first, "-n", first + "," + third, "--json")
              .ends(Exit.FINE)
              .json();
      assertThat(emergency.get("from").getAsString()).isEqualTo(second.toString());
      assertThat(emergency.getAsJsonArray("notFollowing").get(0).getAsString())
          .isEqualTo(second.toString());
      assertThat(third.isInSyncWith(first.address())).isTrue();
      for (String example : Page.examples("promote")) {
        Printed.here(PASSWORD, Page.words(example, group, List.of())).ends(Exit.FINE);
      }
      group.nodes().stream().filter(RedisNode::isAlive).forEach(RedisNode::kill);
      Printed.here(PASSWORD, "promote", "" + third, "-n", "" + third).ends(Exit.UNREACHABLE);
    }
  }

  @Test
  void theJarTellsItsVersionAndItsCommands() {
    assertThat(Printed.byJar(Map.of(), "--help").ends(Exit.FINE).out()).contains("switchover");
    assertThat(Printed.byJar(Map.of(), "--version").ends(Exit.FINE).out())
        .matches("jedis-failover \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
  }

  private static List<JsonObject> objects(JsonObject parent, String name) {
    JsonArray array = parent.getAsJsonArray(name);
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }
}
