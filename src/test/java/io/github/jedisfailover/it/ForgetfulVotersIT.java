package io.github.jedisfailover.it;

import static io.github.jedisfailover.testing.LocalMonitors.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.LocalVoter;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.testsupport.Votes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** All voters lose their memory at once, which takes nothing from a client that only observes. */
class ForgetfulVotersIT {
  private static final long MANY = 100;
  private static final String STRANGER = "f".repeat(40);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void anObserverKeepsTheMasterAndFollowsTheNextFailover() {
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup group = servers.group(2);
      try (LocalMonitors monitors =
              LocalMonitors.builder(servers)
                  .downAfter(Stage.DOWN_AFTER)
                  .memory(false)
                  .start()
                  .watch(NAME, group);
          RedisFailoverClient observer =
              RedisFailoverClient.builder()
                  .masterName(NAME)
                  .clientName("observer")
                  .nodes(group.addresses())
                  .monitor(monitors.observer())
                  .build()) {
        monitors.awaitAgreement(group, group.master());
        observer.set("written", "before");
        group.awaitReplicated();
        // As after many failovers: the voters will count from 0 again, and stay below for long.
        monitors.voters().forEach(v -> Votes.ask(v, group.master(), MANY, STRANGER));
        RedisNode master = killAndReturn(group, monitors, observer);
        long believed = observer.topology().current().version().configEpoch();
        assertThat(believed).isGreaterThan(MANY);

        Workload load = Workload.start("incr", 4, (thread, turn) -> observer.incr("n" + thread));
        try (load) {
          load.awaitMore(200);
          monitors.voters().forEach(LocalVoter::stop);
          load.awaitMore(200);
          monitors.voters().forEach(LocalVoter::start);
          monitors.awaitAgreement(group, master);
          load.awaitMore(200);
        }
        assertThat(monitors.epoch()).as("what the voters remember").isZero();
        assertThat(load.failures()).as("writes that threw").isEmpty();
        assertThat(load.unknown()).as("writes that were cut").isZero();
        assertThat(Stage.knows(observer.topology(), master)).isTrue();

        master.kill();
        RedisNode next = group.awaitMasterOtherThan(master);
        assertThat(monitors.epoch()).as("the epoch of the next failover").isLessThan(believed);
        awaitKnown(observer, next);
        assertThat(observer.set("after", "all")).isEqualTo("OK");
        assertThat(next.command("GET", "after")).isEqualTo("all");
      }
    }
  }

  private static RedisNode killAndReturn(
      RedisGroup group, LocalMonitors monitors, RedisFailoverClient observer) {
    RedisNode old = group.master();
    old.kill();
    RedisNode master = group.awaitMasterOtherThan(old);
    awaitKnown(observer, master);
    old.startAsReplicaOf(master);
    group.awaitInSync(master);
    monitors.awaitAgreement(group, master);
    return master;
  }

  private static void awaitKnown(RedisFailoverClient client, RedisNode master) {
    await("the client knows " + master)
        .atMost(PATIENCE)
        .until(() -> Stage.knows(client.topology(), master));
  }
}
