package io.github.jedisfailover.internal.monitor.wire;

import static io.github.jedisfailover.internal.monitor.wire.KnownServer.ID;
import static io.github.jedisfailover.internal.monitor.wire.KnownServer.MASTER;
import static io.github.jedisfailover.internal.monitor.wire.KnownServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.monitor.acl.CommandCatalog;
import io.github.jedisfailover.internal.monitor.acl.CommandSpec;
import io.github.jedisfailover.internal.monitor.core.Order;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommandTableTest {
  private final KnownServer server = new KnownServer();

  private Served serve(ClientState client, String line) {
    return server.serve(client, line);
  }

  private String reply(String line) {
    return server.reply(line);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
      ping ~ +PONG|
      PING hello ~ $5|hello|
      GET foo ~ -ERR unknown command 'GET', with args beginning with: 'foo' |
      save ~ -ERR unknown command 'save', with args beginning with: |
      sentinel ~ -ERR wrong number of arguments for 'sentinel' command|
      sentinel master ~ -ERR wrong number of arguments for 'sentinel|master' command|
      SENTINEL FOO ~ -ERR unknown subcommand 'FOO'. Try SENTINEL HELP.|
      sentinel master nope ~ -ERR No such master with that name|
      sentinel get-master-addr-by-name mymaster ~ *2|$9|127.0.0.1|$4|7001|
      SENTINEL GET-MASTER-ADDR-BY-NAME nope ~ *-1|
      sentinel is-master-down-by-addr 127.0.0.1 x 1 * ~ -ERR value is not an integer or out of range|
      sentinel is-master-down-by-addr 127.0.0.1 7000 -1 * ~ -ERR value is not an integer or out of range|
      sentinel is-master-down-by-addr 127.0.0.1 0 1 * ~ *3|:0|$1|*|:0|
      sentinel monitor a 1.2.3.4 x y ~ -ERR Invalid quorum|
      sentinel monitor a 1.2.3.4 x 1 ~ -ERR Invalid port|
      sentinel monitor a host 1 0 ~ -ERR Quorum must be 1 or greater.|
      sentinel monitor a host 1 1 ~ -ERR Invalid IP address or hostname specified|
      sentinel set m quorum ~ -ERR wrong number of arguments for 'sentinel|set' command|
      sentinel config ~ -ERR wrong number of arguments for 'sentinel|config' command|
      sentinel config get ~ -ERR Only SENTINEL CONFIG GET <option> / SET <option> <value> are supported.|
      sentinel config set a ~ -ERR Only SENTINEL CONFIG GET <option> / SET <option> <value> are supported.|
      sentinel config foo x y ~ -ERR Only SENTINEL CONFIG GET <option> / SET <option> <value> are supported.|
      sentinel config get log* ~ *0|
      sentinel config get LogLevel announce-port ~ *4|$13|announce-port|$1|0|$8|loglevel|$6|notice|
      sentinel config get ANNOUNCE-P* RESOLVE* ~ *4|$17|resolve-hostnames|$2|no|$13|announce-port|$1|0|
      sentinel config get nothing ~ *0|
      sentinel reset ~ -ERR wrong number of arguments for 'sentinel|reset' command|
      sentinel flushconfig x ~ -ERR wrong number of arguments for 'sentinel|flushconfig' command|
      sentinel switchover ~ -ERR wrong number of arguments for 'sentinel|switchover' command|
      sentinel switchover m 1.2.3.4 ~ -ERR SENTINEL SWITCHOVER takes <master-name> [<host> <port>]|
      sentinel switchover m 1.2.3.4 0 ~ -ERR the replica must be given as host and port 1..65535|
      sentinel pending-scripts ~ *0|
      sentinel info-cache nope ~ *0|
      sentinel info-cache nope mymaster ~ *2|$8|mymaster|*3|*2|:5|$-1|*2|:5|$4|text|*2|:5|$-1|
      sentinel simulate-failure foo ~ -ERR Unknown failure simulation specified|
      sentinel simulate-failure help ~ *2|$20|crash-after-election|$21|crash-after-promotion|
      publish __sentinel__:hello garbage ~ :1|
      publish other x ~ -ERR Only HELLO messages are accepted by Sentinel instances.|
      role ~ *2|$8|sentinel|*1|$8|mymaster|
      client getname ~ $-1|
      client id ~ :9|
      client setinfo lib-name x ~ +OK|
      hello 4 ~ -NOPROTO unsupported protocol version|
      hello x ~ -ERR Protocol version is not an integer or out of range|
      """)
  void answersAsSentinel(String line, String expected) {
    assertThat(reply(line).stripTrailing()).isEqualTo(expected.stripTrailing());
  }

  @Test
  void printsAQuietMasterInSentinelsOrder() {
    String[] part = reply("sentinel master mymaster").split("\\|");
    assertThat(part[0]).isEqualTo("*40");
    assertThat(part[2]).isEqualTo("name");
    // index 33 of the flat list is the value of num-other-sentinels
    assertThat(part[2 + 2 * 32]).isEqualTo("num-other-sentinels");
    assertThat(part[2 + 2 * 33]).isEqualTo("1");
  }

  @Test
  void printsReplicasWithoutHiddenOnesAndPeers() {
    assertThat(reply("sentinel replicas mymaster")).startsWith("*1|*42|$4|name|$14|127.0.0.1:7001");
    assertThat(reply("sentinel slaves mymaster")).isEqualTo(reply("sentinel replicas mymaster"));
    assertThat(reply("sentinel sentinels mymaster"))
        .startsWith("*1|*28|")
        .contains("|voted-leader|$1|?|");
  }

  @Test
  void saysWhetherQuorumAndMajorityCanBeReached() {
    assertThat(reply("sentinel ckquorum mymaster"))
        .isEqualTo("+OK 2 usable Sentinels. Quorum and failover authorization can be reached|");
    server.peerDown = true;
    server.quorum = 1;
    assertThat(reply("sentinel ckquorum mymaster"))
        .isEqualTo(
            "-NOQUORUM 1 usable Sentinels. Not enough available Sentinels to reach the majority and"
                + " authorize a failover|");
    server.quorum = 2;
    assertThat(reply("sentinel ckquorum mymaster"))
        .contains("specified quorum for this master. Not enough available Sentinels");
  }

  @Test
  void asksTheCoreForVotesAndHandsHellosOver() {
    assertThat(
            serve(ClientState.fresh(1), "SENTINEL is-master-down-by-addr 127.0.0.1 7000 3 " + ID))
        .isEqualTo(new Served.AskCore(MASTER, 3, ID));
    String hello = "127.0.0.1,26380," + ID + ",1,mymaster,127.0.0.1,7000,1";
    assertThat(serve(ClientState.fresh(1), "PUBLISH __sentinel__:hello " + hello))
        .isInstanceOf(Served.TakeHello.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("orders")
  void handsOrdersToTheCore(String line, Order expected) {
    assertThat(serve(ClientState.fresh(1), line)).isEqualTo(new Served.AskOperator(expected));
  }

  static Stream<Arguments> orders() {
    return Stream.of(
        Arguments.of("sentinel FAILOVER m", new Order.Failover("m")),
        Arguments.of("SENTINEL Switchover m", new Order.Switchover("m", Optional.empty())),
        Arguments.of(
            "SENTINEL Switchover m 1.2.3.4 6379",
            new Order.Switchover("m", Optional.of(new NodeAddress("1.2.3.4", 6379)))),
        Arguments.of("sentinel reset my*", new Order.Reset(List.of("mymaster"))),
        Arguments.of("sentinel reset MY*", new Order.Reset(List.of())),
        Arguments.of("sentinel remove m", new Order.Remove("m")),
        Arguments.of(
            "sentinel monitor m 1.2.3.4 99999 2", new Order.Monitor("m", "1.2.3.4", 99_999, 2)),
        Arguments.of("sentinel monitor m ::1 -5 2", new Order.Monitor("m", "::1", -1, 2)),
        Arguments.of(
            "sentinel set m Notification-Script /ok client-reconfig-script /no",
            new Order.Set(
                "m",
                List.of("Notification-Script", "/ok", "client-reconfig-script", "/no"),
                List.of("/ok"))),
        Arguments.of("sentinel flushconfig", new Order.FlushConfig()),
        Arguments.of("sentinel config set a b c", new Order.ConfigSet(List.of("a", "b", "c"))),
        Arguments.of("sentinel debug a b", new Order.Debug(List.of("a", "b"))),
        Arguments.of(
            "sentinel simulate-failure crash-after-promotion CRASH-after-election",
            new Order.SimulateFailure(3)));
  }

  @Test
  void debugShowsAllPeriodsAndHelpNamesTheSubcommands() {
    assertThat(reply("sentinel debug"))
        .startsWith("*26|$11|INFO-PERIOD|$5|10000|$11|PING-PERIOD|")
        .endsWith("|$18|SCRIPT-RETRY-DELAY|$5|30000|");
    assertThat(reply("sentinel help"))
        .startsWith("*49|+SENTINEL <subcommand> [<arg> [value] [opt] ...]. Subcommands are:|+CKQ")
        .contains("|+    Check if the current Sentinel");
  }

  @Test
  void aResp2SubscriberMayOnlySubscribeAndPing() {
    Served.Answer subscribed =
        (Served.Answer) serve(ClientState.fresh(1), "subscribe +switch-master +sdown");
    assertThat(text(subscribed))
        .isEqualTo("*3|$9|subscribe|$14|+switch-master|:1|*3|$9|subscribe|$6|+sdown|:2|");
    ClientState client = subscribed.after();
    assertThat(text((Served.Answer) serve(client, "sentinel myid")))
        .startsWith("-ERR Can't execute 'sentinel|myid': only (P|S)SUBSCRIBE");
    assertThat(text((Served.Answer) serve(client, "ping"))).isEqualTo("*2|$4|pong|$0||");
  }

  @Test
  void aResp3SubscriberMayDoAnything() {
    Served.Answer hello = (Served.Answer) serve(ClientState.fresh(1), "hello 3 setname me");
    assertThat(text(hello)).startsWith("%6|$6|server|$5|redis|").contains("|mode|$8|sentinel|");
    assertThat(hello.after().name()).isEqualTo("me");
    Served.Answer subscribed = (Served.Answer) serve(hello.after(), "psubscribe *");
    assertThat(text(subscribed)).isEqualTo(">3|$10|psubscribe|$1|*|:1|");
    assertThat(text((Served.Answer) serve(subscribed.after(), "sentinel myid"))).contains(ID);
  }

  @Test
  void infoTellsTheSectionsOfASentinelAndNoOthers() {
    String info = reply("info");
    assertThat(info)
        .contains("redis_mode:sentinel", "maxclients:256", "used_cpu_user:0.500000")
        .contains("master0:name=mymaster,status=ok,address=127.0.0.1:7000,slaves=2,sentinels=2")
        .doesNotContain("used_memory", "master_repl_offset", "cluster_enabled");
    assertThat(reply("info replication")).isEqualTo("$0||");
  }

  @Test
  void aShutdownIsLeftToTheDriver() {
    assertThat(serve(ClientState.fresh(9), "shutdown nosave")).isInstanceOf(Served.Shutdown.class);
    assertThat(reply("shutdown save nosave")).isEqualTo("-ERR syntax error|");
    assertThat(reply("shutdown abort")).isEqualTo("-ERR No shutdown in progress.|");
  }

  @Test
  void everyCommandOfACatalogContainerOtherThanSentinelIsServed() {
    for (CommandSpec command : CommandCatalog.all()) {
      boolean elsewhere =
          command.name().startsWith("sentinel|")
              || !CommandCatalog.subcommands(command.name()).isEmpty();
      String line = command.name().replace('|', ' ') + " x x x x x x x";
      if (!elsewhere) {
        assertThat(reply(line))
            .as(command.name())
            .doesNotContain("unknown command", "unknown subcommand '");
      }
    }
  }
}
