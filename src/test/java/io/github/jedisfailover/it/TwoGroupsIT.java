package io.github.jedisfailover.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two master groups that the same three voters watch, each with a client of its own. */
class TwoGroupsIT {
  private static final String ORDERS = "orders";
  private static final String CARTS = "carts";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void theDeathOfOneMasterMovesItsOwnGroupOnly() {
    try (RedisServers servers = RedisServers.open()) {
      RedisGroup orders = servers.group(1);
      RedisGroup carts = servers.group(1);
      try (LocalMonitors monitors =
              LocalMonitors.builder(servers)
                  .downAfter(Stage.DOWN_AFTER)
                  .start()
                  .watch(ORDERS, orders)
                  .watch(CARTS, carts);
          RedisFailoverClient ordersClient = client(monitors, ORDERS, orders);
          RedisFailoverClient cartsClient = client(monitors, CARTS, carts)) {
        RedisNode oldOrders = orders.master();
        RedisNode oldCarts = carts.master();
        monitors.awaitAgreement(ORDERS, orders, oldOrders);
        monitors.awaitAgreement(CARTS, carts, oldCarts).awaitVotes();
        ordersClient.set("group", ORDERS);
        cartsClient.set("group", CARTS);
        orders.awaitReplicated();
        carts.awaitReplicated();

        Workload load = Workload.start("carts", 4, (thread, turn) -> cartsClient.incr("served"));
        try (load) {
          kill(oldOrders, orders, ordersClient);
          load.awaitMore(200);
        }
        assertThat(load.failures()).as("writes to the other group that threw").isEmpty();
        assertThat(load.unknown()).as("writes to the other group that were cut").isZero();
        assertThat(Stage.knows(cartsClient.topology(), oldCarts)).isTrue();
        assertThat(cartsClient.topology().current().version().configEpoch()).isZero();
        assertThat(monitors.switches())
            .isNotEmpty()
            .allMatch(e -> e.startsWith("+switch-master " + ORDERS + " "));

        RedisNode newOrders = orders.master();
        kill(oldCarts, carts, cartsClient);
        assertThat(cartsClient.get("group")).isEqualTo(CARTS);
        assertThat(ordersClient.get("group")).isEqualTo(ORDERS);
        assertThat(orders.master()).isSameAs(newOrders);
      }
    }
  }

  private static RedisFailoverClient client(LocalMonitors monitors, String name, RedisGroup group) {
    return RedisFailoverClient.builder()
        .masterName(name)
        .nodes(group.addresses())
        .monitor(monitors.first())
        .build();
  }

  /** Kills the master and waits until the client writes to the new one. */
  private static void kill(RedisNode old, RedisGroup group, RedisFailoverClient client) {
    old.kill();
    RedisNode master = group.awaitMasterOtherThan(old);
    await("the client has moved to " + master)
        .atMost(PATIENCE)
        .until(() -> Stage.knows(client.topology(), master));
    assertThat(client.set("moved", "yes")).isEqualTo("OK");
    assertThat(master.command("GET", "moved")).isEqualTo("yes");
  }
}
