package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.CoreInput;
import io.github.jedisfailover.internal.monitor.core.Hello;
import io.github.jedisfailover.internal.monitor.core.Login;
import io.github.jedisfailover.internal.monitor.core.Target;
import io.github.jedisfailover.internal.monitor.wire.HelloCodec;
import io.github.jedisfailover.internal.runtime.DaemonThreads;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What links send first, and under which names. */
class LinkAccessTest {
  private static final String ID = "c".repeat(40);
  private static final NodeAddress MASTER = new NodeAddress("127.0.0.1", 7_000);
  private static final Map<String, String> ANSWERS =
      Map.of(
          "my-ping", "+PONG",
          "PING", "+PONG",
          "my-subscribe", "*3\r\n$9\r\nsubscribe\r\n$1\r\nx\r\n:1",
          "AUTH", "-ERR AUTH <password> called without any password configured",
          "my-info", "$11\r\nrole:master");

  private static final LinkOutlet PLAIN = new LinkOutlet(Optional.empty(), Optional.empty());

  private final DaemonThreads threads = new DaemonThreads("access");
  private final List<CoreInput> inputs = new CopyOnWriteArrayList<>();
  private final FarEnd far = new FarEnd(ANSWERS);
  private volatile Login login = new Login("u", "p");

  @AfterEach
  void stop() {
    threads.close();
    far.close();
  }

  private LinkAccess renamed() {
    return LinkAccess.ofSentinel(
        () -> login, (name, m) -> "my-" + name.toLowerCase(Locale.ROOT), PLAIN);
  }

  private void awaitHeard(String line) {
    await("sent: " + line).until(() -> far.heard.contains(line));
  }

  private static Hello hello() {
    return new Hello(new NodeAddress("h", 1), ID, 1, "m", MASTER, 1);
  }

  @Test
  void everyCommandToANodeHasItsOwnName() {
    Target.Redis node = new Target.Redis("m", far.address());
    LinkTiming timing = LinkTiming.forNode(1_000);
    try (Link link = NodeLink.open(threads, ID, node, renamed(), timing, inputs::add)) {
      await().until(() -> inputs.contains(new CoreInput.LinkUp(node)));
      awaitHeard("my-subscribe " + HelloCodec.CHANNEL);
      link.offer(new CoreAction.Ping(node));
      link.offer(new CoreAction.SayHello(node, hello()));
      link.offer(new CoreAction.KillScript(node));
      link.offer(new CoreAction.MakeReplicaOf(node, MASTER));
      awaitHeard("my-info");
    }
    assertThat(far.heard)
        .contains(
            "my-auth u p",
            "my-client SETNAME sentinel-cccccccc-cmd",
            "my-client SETNAME sentinel-cccccccc-pubsub",
            "my-script KILL",
            "my-slaveof 127.0.0.1 7000",
            "my-config REWRITE",
            "my-client KILL TYPE normal");
    assertThat(far.commands())
        .contains("my-ping", "my-publish", "my-multi", "my-exec")
        .allMatch(name -> name.startsWith("my-"));
    assertThat(inputs).contains(new CoreInput.Pong(node, "PONG"));
  }

  @Test
  void everyCommandToAPeerHasItsOwnName() {
    Target.Peer peer = new Target.Peer(far.address());
    LinkTiming timing = LinkTiming.forPeer(1_000);
    try (Link link = PeerLink.open(threads, ID, peer, renamed(), timing, inputs::add)) {
      await().until(() -> inputs.contains(new CoreInput.LinkUp(peer)));
      link.offer(new CoreAction.Ping(peer));
      link.offer(new CoreAction.SayHello(peer, hello()));
      link.offer(new CoreAction.AskMembers(peer, "m"));
      link.offer(new CoreAction.AskPeer(peer, "m", MASTER, 1, "*"));
      awaitHeard("my-sentinel is-master-down-by-addr 127.0.0.1 7000 1 *");
    }
    assertThat(far.commands())
        .containsExactly(
            "my-auth", "my-client", "my-ping", "my-publish", "my-sentinel", "my-sentinel");
  }

  /** As with Sentinel: a peer without a password refuses ours, and is a peer all the same. */
  @Test
  void aRefusedLoginIsNoFailureAndTheNextOneIsLookedUpAnew() {
    Target.Peer peer = new Target.Peer(far.address());
    LinkAccess access = LinkAccess.ofSentinel(() -> login, CommandNames.PLAIN, PLAIN);
    LinkTiming timing = LinkTiming.forPeer(1_000);
    try (Link link = PeerLink.open(threads, ID, peer, access, timing, inputs::add)) {
      link.offer(new CoreAction.Ping(peer));
      await().until(() -> inputs.contains(new CoreInput.LinkUp(peer)));
      link.offer(new CoreAction.Ping(peer));
      await().until(() -> inputs.contains(new CoreInput.Pong(peer, "PONG")));
      login = new Login("", "other");
      link.cut();
      link.offer(new CoreAction.Ping(peer)); // a link that waits notices the cut when it writes
      awaitHeard("AUTH other");
    }
    assertThat(far.heard.get(0)).isEqualTo("AUTH u p");
  }
}
