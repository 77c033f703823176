package io.github.jedisfailover.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndWatchTest {
  private final HandClock clock = new HandClock();
  private final EndWatch watch = new EndWatch(clock);
  private ServerSocket node;

  /** A clock that stands until it is moved. */
  private static final class HandClock implements MonotonicClock {
    private long nanos = 1;

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public Instant wallNow() {
      return Instant.EPOCH;
    }

    void forward(long seconds) {
      nanos += TimeUnit.SECONDS.toNanos(seconds);
    }
  }

  @BeforeEach
  void listen() throws IOException {
    node = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    node.setSoTimeout(10_000);
  }

  @AfterEach
  void close() throws IOException {
    watch.close();
    node.close();
  }

  private SocketAddress address() {
    return node.getLocalSocketAddress();
  }

  private Socket watched() throws IOException {
    watch.reached(address());
    Socket accepted = node.accept();
    assertThat(watch.ends()).isZero();
    return accepted;
  }

  private void awaitEnd(int ends) {
    Awaitility.await().until(() -> watch.ends() == ends);
  }

  @Test
  void seesThatTheNodeClosedAndCountsItOnce() throws IOException {
    watched().close();
    awaitEnd(1);
    assertThat(watch.ends()).isEqualTo(1);
  }

  @Test
  void seesAReset() throws IOException {
    Socket accepted = watched();
    accepted.setSoLinger(true, 0);
    accepted.close();
    awaitEnd(1);
  }

  @Test
  void whatANodeSaysIsNoEnd() throws IOException {
    Socket accepted = watched();
    accepted.getOutputStream().write("-ERR max number of clients reached\r\n".getBytes());
    accepted.getOutputStream().flush();
    assertThat(watch.ends()).isZero();
    accepted.close();
    awaitEnd(1);
  }

  @Test
  void looksAgainAfterAPauseThatGrowsWhileConnectionsAreShortLived() throws IOException {
    watched().close();
    awaitEnd(1);
    clock.forward(1);
    assertThat(watch.ends()).as("pause of 2 s").isEqualTo(1);
    clock.forward(1);
    watch.ends();
    node.accept().close();
    awaitEnd(2);
    clock.forward(3);
    watch.ends();
    clock.forward(1);
    watch.ends();
    node.accept().close();
    awaitEnd(3);
  }

  @Test
  void aLongLifeMakesThePauseShortAgain() throws IOException {
    watched().close();
    awaitEnd(1);
    clock.forward(2);
    watch.ends();
    Socket accepted = node.accept();
    clock.forward(60);
    accepted.close();
    awaitEnd(2);
    clock.forward(1);
    watch.ends();
    node.accept().close();
    awaitEnd(3);
  }

  /** The node died before the connection was up: what it had told others is no proof any more. */
  @Test
  void aRefusalIsAnEnd() throws IOException {
    SocketAddress nobody = address();
    node.close();
    watch.reached(nobody);
    clock.forward(60);
    awaitEnd(1);
  }

  /** Under load a connection is not up at once, and the end may come before anybody looked. */
  @Test
  void theFirstLookSeesAnEndToo() throws IOException {
    watch.reached(address());
    node.accept().close();
    awaitEnd(1);
  }

  @Test
  void isSilentOnceClosed() throws IOException {
    Socket accepted = watched();
    watch.close();
    assertThat(accepted.getInputStream().read()).as("the other side sees it closed").isNegative();
    clock.forward(600);
    assertThat(watch.ends()).isZero();
    watch.reached(address());
    assertThat(watch.ends()).isZero();
  }

  @Test
  void anInterruptedCallerClosesNothing() throws IOException {
    Socket accepted = watched();
    Thread.currentThread().interrupt();
    try {
      assertThat(watch.ends()).isZero();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(watch.ends()).isZero();
    accepted.close();
    awaitEnd(1);
  }
}
