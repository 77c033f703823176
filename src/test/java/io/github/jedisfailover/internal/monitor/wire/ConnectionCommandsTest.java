package io.github.jedisfailover.internal.monitor.wire;

import static io.github.jedisfailover.internal.monitor.wire.KnownServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.monitor.core.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Login, permissions and what one connection does to itself and to others. */
class ConnectionCommandsTest {
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
      GET x ~ -ERR unknown command
      ping ~ -NOAUTH Authentication required.|
      role x ~ -ERR wrong number of arguments for 'role' command|
      sentinel nope ~ -ERR unknown subcommand 'nope'. Try SENTINEL HELP.|
      sentinel masters ~ -NOAUTH Authentication required.|
      quit ~ +OK|
      auth default no ~ -WRONGPASS
      auth pw ~ +OK|
      hello ~ -NOAUTH HELLO must be called
      """)
  void existenceAndArityComeBeforeTheLogin(String line, String expected) {
    server.access.change(users -> users.requiringPassword("pw"));
    assertThat(text((Served.Answer) serve(ClientState.fresh(9, false), line)))
        .startsWith(expected.strip());
  }

  @Test
  void permissionsCountFromTheNextRequestOn() {
    reply("acl setuser b on nopass +ping +subscribe &a");
    ClientState b = ((Served.Answer) serve(ClientState.fresh(9), "auth b x")).after();
    assertThat(text((Served.Answer) serve(b, "ping"))).isEqualTo("+PONG|");
    assertThat(text((Served.Answer) serve(b, "role"))).startsWith("-NOPERM this user has no perm");
    assertThat(text((Served.Answer) serve(b, "subscribe a c"))).contains("one of the channels");
    assertThat(server.access.log().entries()).hasSize(2);
    reply("acl setuser b -ping");
    assertThat(text((Served.Answer) serve(b, "ping"))).startsWith("-NOPERM");
  }

  /** No rule can name it. */
  @Test
  void whoMayFailOverMaySwitchOver() {
    reply("acl setuser b on nopass +@all -sentinel|failover");
    ClientState b = ((Served.Answer) serve(ClientState.fresh(9), "auth b x")).after();
    assertThat(text((Served.Answer) serve(b, "sentinel switchover m"))).startsWith("-NOPERM");
    reply("acl setuser b -@all +sentinel|failover");
    assertThat(serve(b, "sentinel switchover m"))
        .isEqualTo(new Served.AskOperator(new Order.Switchover("m", Optional.empty())));
  }

  @Test
  void aRemovedUsersConnectionsEndTheAskingOneAfterTheReply() {
    reply("acl setuser b on nopass +@all");
    server.clients.add(ClientState.fresh(1).loggedInAs("b"));
    server.clients.add(ClientState.fresh(2));
    ClientState b = ClientState.fresh(3).loggedInAs("b");
    server.clients.add(b);
    Served.Answer answer = (Served.Answer) serve(b, "acl deluser b nobody");
    assertThat(text(answer)).isEqualTo(":1|");
    assertThat(answer.close()).isTrue();
    assertThat(server.clients.closed).containsExactly(1L);
  }

  @Test
  void aSubscriberThatMayNotHearItAnyMoreIsClosed() {
    reply("acl setuser b on nopass +@all &a &b");
    Subscriptions both = Subscriptions.NONE.add(List.of("a", "b"), false).after();
    server.clients.add(ClientState.fresh(1).loggedInAs("b").subscribed(both));
    reply("acl setuser b >x");
    assertThat(server.clients.closed).isEmpty();
    reply("acl setuser b resetchannels &a");
    assertThat(server.clients.closed).containsExactly(1L);
  }

  @Test
  void subscriptionsAreBoundedInNumberAndInLength() {
    Subscriptions.Change many = Subscriptions.NONE.add(Collections.nCopies(1001, "a"), true);
    assertThat(many.after()).isEqualTo(Subscriptions.NONE);
    Subscriptions one = Subscriptions.NONE.add(List.of("a".repeat(40_000)), true).after();
    assertThat(one.count()).isEqualTo(1);
    Subscriptions.Change tooLong = one.add(List.of("b".repeat(30_000)), false);
    assertThat(tooLong.after()).isEqualTo(one);
    assertThat(tooLong.reply())
        .isEqualTo(
            new Reply.Error(
                "ERR subscriptions too long, the limit of all together is 65536 bytes"));
  }

  @ParameterizedTest(name = "{0} closes {2}")
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
      client kill 1.2.3.4:1 ~ +OK| ~ 1
      client kill 1.2.3.4:8 ~ -ERR No such client| ~ ''
      client kill type normal ~ :1| ~ 2
      client kill type pubsub ~ :1| ~ 1
      client kill id 9 ~ :0| ~ ''
      client kill id 9 skipme no ~ :1| ~ 'self'
      client kill id 1 type normal ~ :0| ~ ''
      client kill laddr 5.6.7.8:1 skipme no ~ :3| ~ '1 2 self'
      """)
  void killsWhatFitsAllFilters(String line, String expected, String closed) {
    Subscriptions some = Subscriptions.NONE.add(List.of("a"), false).after();
    server.clients.add(ClientState.fresh(1).subscribed(some));
    server.clients.add(ClientState.fresh(2));
    server.clients.add(ClientState.fresh(9));
    Served.Answer answer = (Served.Answer) serve(ClientState.fresh(9), line.strip());
    assertThat(text(answer)).isEqualTo(expected.strip());
    List<String> gone =
        new ArrayList<>(server.clients.closed.stream().sorted().map(c -> "" + c).toList());
    if (answer.close()) {
      gone.add("self");
    }
    assertThat(String.join(" ", gone)).isEqualTo(closed.strip());
  }

  @Test
  void repliesCanBeSkippedAndSwitchedOff() {
    ClientState client = ((Served.Answer) serve(ClientState.fresh(9), "client reply skip")).after();
    assertThat(client.isSilent()).isTrue();
    client = ((Served.Answer) serve(client.ended().beginning(), "ping")).after();
    assertThat(client.isSilent()).isTrue();
    assertThat(client.ended().isSilent()).isFalse();
    client = ((Served.Answer) serve(client.ended(), "client reply off")).after();
    client = ((Served.Answer) serve(client.ended().beginning(), "ping")).after();
    assertThat(client.ended().isSilent()).isTrue();
    client = ((Served.Answer) serve(client.ended(), "client reply on")).after();
    assertThat(client.isSilent()).isFalse();
  }
}
