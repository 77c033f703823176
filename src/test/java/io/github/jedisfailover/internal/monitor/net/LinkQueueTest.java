package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.Target;
import io.github.jedisfailover.topology.NodeAddress;
import org.junit.jupiter.api.Test;

class LinkQueueTest {
  private static final Target.Redis NODE = new Target.Redis("m", new NodeAddress("h", 1));

  private final LinkQueue queue = new LinkQueue();

  @Test
  void keepsOneOfEachKindInOrder() throws InterruptedException {
    queue.offer(new CoreAction.Ping(NODE));
    queue.offer(new CoreAction.AskInfo(NODE));
    queue.offer(new CoreAction.Ping(NODE));
    assertThat(queue.take()).contains(new CoreAction.Ping(NODE));
    assertThat(queue.take()).contains(new CoreAction.AskInfo(NODE));
    queue.close();
    assertThat(queue.take()).isEmpty();
  }

  @Test
  void aNewerRoleReplacesTheOneThatWasNotSent() throws InterruptedException {
    CoreAction replica = new CoreAction.MakeReplicaOf(NODE, new NodeAddress("h", 2));
    queue.offer(new CoreAction.MakeMaster(NODE));
    queue.offer(replica);
    assertThat(queue.take()).contains(replica);
    queue.offer(new CoreAction.Ping(NODE));
    assertThat(queue.take()).contains(new CoreAction.Ping(NODE));
  }

  @Test
  void forgetsOrdersOfALostConnection() throws InterruptedException {
    queue.offer(new CoreAction.MakeMaster(NODE));
    queue.clear();
    queue.offer(new CoreAction.Ping(NODE));
    assertThat(queue.take()).contains(new CoreAction.Ping(NODE));
  }
}
