package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.event.FailoverEvent;
import io.github.jedisfailover.event.FailoverListener;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.LocalVoter;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testsupport.StaleVoter;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * Two voters that know of the failovers, and one that does not and goes on announcing a node which
 * says of itself that it is a master, as an old master does behind a cut.
 */
class StaleVoterIT {
  private static final int OBSERVERS = 6;
  private static final int ROUNDS = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The masters that a client has used, one after the other. */
  private static final class Masters implements FailoverListener {
    private final List<NodeAddress> used = new CopyOnWriteArrayList<>();

    @Override
    public void onTopologyChanged(FailoverEvent.TopologyChanged event) {
      event.after().master().map(NodeView::address).ifPresent(used::add);
    }
  }

  @Test
  void oneOutOfThreeNeverMovesAnObserver() {
    try (Stage stage = Stage.open(2);
        RedisNode behindTheCut = stage.servers().start();
        StaleVoter stale = new StaleVoter(LocalMonitors.NAME, behindTheCut.address())) {
      List<Masters> masters = new ArrayList<>();
      List<RedisFailoverClient> observers = new ArrayList<>();
      try {
        for (int i = 0; i < OBSERVERS; i++) {
          masters.add(new Masters());
          observers.add(observer(stage, stale, masters.get(i)));
        }
        RedisNode old = stage.group().master();
        await("some listen to it").atMost(PATIENCE).until(() -> stale.subscribers() > 0);
        announce(stale);
        assertUsed(masters, List.of(old.address()));

        old.kill();
        RedisNode master = stage.group().awaitMasterOtherThan(old);
        await("all follow the others")
            .atMost(PATIENCE)
            .until(() -> observers.stream().allMatch(o -> Stage.knows(o.topology(), master)));
        announce(stale);
        assertUsed(masters, List.of(old.address(), master.address()));

        stage.monitors().voters().forEach(LocalVoter::stop);
        await("all listen to it, it is the last voter")
            .atMost(PATIENCE)
            .until(() -> stale.subscribers() == OBSERVERS);
        announce(stale);
        assertUsed(masters, List.of(old.address(), master.address()));
        assertThat(observers.get(0).set("k", "v")).isEqualTo("OK");
        assertThat(behindTheCut.command("GET", "k")).isNull();
      } finally {
        observers.forEach(RedisFailoverClient::close);
      }
    }
  }

  private static RedisFailoverClient observer(Stage stage, StaleVoter stale, Masters masters) {
    List<NodeAddress> good = stage.monitors().addresses();
    return RedisFailoverClient.builder()
        .masterName(LocalMonitors.NAME)
        .clientName("observer")
        .nodes(stage.group().addresses())
        .listener(masters)
        .monitor(MonitorConfig.builder().voters(good.get(0), good.get(1), stale.address()).build())
        .build();
  }

  /** Until each of those who listen to it has asked it about it many times. */
  private static void announce(StaleVoter stale) {
    int before = stale.questions();
    await("questions")
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .until(
            () -> {
              stale.announce();
              return stale.questions() - before > ROUNDS * stale.subscribers();
            });
  }

  private static void assertUsed(List<Masters> masters, List<NodeAddress> expected) {
    for (Masters one : masters) {
      assertThat(one.used.stream().distinct()).containsExactlyElementsOf(expected);
      assertThat(one.used).isSortedAccordingTo((a, b) -> expected.indexOf(a) - expected.indexOf(b));
    }
  }
}
