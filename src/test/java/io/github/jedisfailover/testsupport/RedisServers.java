package io.github.jedisfailover.testsupport;

import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Starts redis-server processes and ends them: with {@link #close()}, or with the JVM if it comes
 * to that. A JVM that is itself killed with SIGKILL leaves its servers behind.
 */
public final class RedisServers implements AutoCloseable {
  public static final String LOOPBACK = "127.0.0.1";

  private final Path root = TempDirs.create();
  private final List<RedisNode> nodes = new CopyOnWriteArrayList<>();
  private final AtomicInteger count = new AtomicInteger();
  private final FreePorts ports = new FreePorts();
  private final Thread atExit = new Thread(this::end, "testsupport-end-servers");
  private final RedisBinary binary;
  private final Access access;
  private volatile boolean closed;

  private RedisServers(Access access, Function<Path, RedisBinary> choice) {
    this.access = access;
    Runtime.getRuntime().addShutdownHook(atExit);
    this.binary = choice.apply(root);
  }

  /** Servers of the release that is carried in embedded-redis, an older one than is installed. */
  public static RedisServers carried() {
    return new RedisServers(Access.OPEN, RedisBinary::carried);
  }

  public static RedisServers open() {
    return open(Access.OPEN);
  }

  /** All servers are reached in this way. */
  public static RedisServers open(Access access) {
    return new RedisServers(access, RedisBinary::find);
  }

  public Access access() {
    return access;
  }

  public RedisBinary binary() {
    return binary;
  }

  public FreePorts ports() {
    return ports;
  }

  /** A directory that is deleted with the servers. */
  public Path scratch(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One server on a free port of the loopback address. */
  public RedisNode start(String... arguments) {
    return start(new NodeAddress(LOOPBACK, ports.any(LOOPBACK)), arguments);
  }

  /** One server at this address, ready when this returns. */
  public RedisNode start(NodeAddress address, String... arguments) {
    RedisNode node = launch(address, arguments);
    node.awaitReady();
    return node;
  }

  RedisNode launch(NodeAddress address, String... arguments) {
    Path directory = scratch("node-" + count.incrementAndGet() + "-" + address.port());
    RedisNode node = new RedisNode(binary, access, address, directory, List.of(arguments));
    nodes.add(node);
    if (closed) {
      throw new IllegalStateException("the servers are closed");
    }
    node.launch();
    return node;
  }

  /** A master and its replicas on free ports, all in sync. */
  public RedisGroup group(int replicas) {
    NodeAddress[] addresses = new NodeAddress[replicas + 1];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = new NodeAddress(LOOPBACK, ports.any(LOOPBACK));
    }
    return group(addresses);
  }

  /** As {@link #group(int)} at these addresses, the master first. */
  public RedisGroup group(NodeAddress... addresses) {
    return RedisGroup.start(this, List.of(addresses));
  }

  /** The ids of the processes that are still there. */
  public List<String> alive() {
    return nodes.stream().filter(RedisNode::isAlive).map(RedisNode::toString).toList();
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is going down: the hook itself runs or ran.
      return;
    }
  }

  private void end() {
    closed = true;
    nodes.forEach(RedisNode::close);
    TempDirs.delete(root);
  }
}
