package io.github.jedisfailover.testsupport;

import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Passes bytes on to a node at once, and what the node says back after a delay, in order. */
public final class SlowLink implements AutoCloseable {
  private static final byte[] END = new byte[0];

  private final NodeAddress target;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile long delayNanos;

  private record Chunk(long dueNanos, byte[] bytes) {}

  private interface Body {
    void run() throws IOException, InterruptedException;
  }

  private SlowLink(NodeAddress target, ServerSocket server) {
    this.target = target;
    this.server = server;
  }

  public static SlowLink to(RedisNode node, Duration delay) {
    try {
      ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName(node.address().host()));
      SlowLink link = new SlowLink(node.address(), server);
      link.delay(delay);
      link.start("accept", link::acceptAll);
      return link;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where to connect instead of to the node. */
  public NodeAddress address() {
    return new NodeAddress(target.host(), server.getLocalPort());
  }

  /** For what comes from now on; what is under way keeps its place before it. */
  public void delay(Duration delay) {
    delayNanos = delay.toNanos();
  }

  private void start(String what, Body body) {
    Thread thread =
        new Thread(
            () -> {
              try {
                body.run();
              } catch (IOException e) {
                // one side has closed
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "slow-link-" + what);
    thread.setDaemon(true);
    thread.start();
  }

  private void acceptAll() throws IOException {
    while (true) {
      Socket client = server.accept();
      Socket node = new Socket(target.host(), target.port());
      client.setTcpNoDelay(true);
      node.setTcpNoDelay(true);
      open.add(client);
      open.add(node);
      BlockingQueue<Chunk> late = new LinkedBlockingQueue<>();
      start("up", () -> pass(client.getInputStream(), node));
      start("read", () -> read(node.getInputStream(), late));
      start("down", () -> write(late, client, node));
    }
  }

  private static void pass(InputStream from, Socket to) throws IOException {
    try (to) {
      from.transferTo(to.getOutputStream());
    }
  }

  private void read(InputStream from, BlockingQueue<Chunk> late) throws IOException {
    try {
      byte[] buffer = new byte[65536];
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        late.add(new Chunk(System.nanoTime() + delayNanos, Arrays.copyOf(buffer, n)));
      }
    } finally {
      late.add(new Chunk(System.nanoTime(), END));
    }
  }

  private static void write(BlockingQueue<Chunk> late, Socket to, Socket node)
      throws IOException, InterruptedException {
    try (to;
        node) {
      OutputStream out = to.getOutputStream();
      for (Chunk next = late.take(); next.bytes() != END; next = late.take()) {
        TimeUnit.NANOSECONDS.sleep(next.dueNanos() - System.nanoTime());
        out.write(next.bytes());
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
