package io.github.jedisfailover.testing;

import io.github.jedisfailover.internal.runtime.AtExit;
import io.github.jedisfailover.internal.testkit.TempDirs;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Starts redis-server processes, one by one or as groups, and ends them: with {@link #close()}, or
 * with the JVM if it comes to that, by SIGTERM too. A JVM that is itself killed with SIGKILL leaves
 * its servers behind. For tests that need more than one {@link ReplicatedRedis}. Thread-safe.
 */
public final class RedisServers implements AutoCloseable {
  /** The address that all listen on unless they are given another. */
  public static final String LOOPBACK = "127.0.0.1";

  private final Path root = TempDirs.create();
  private final List<RedisNode> nodes = new CopyOnWriteArrayList<>();
  private final AtomicInteger count = new AtomicInteger();
  private final FreePorts ports = new FreePorts();
  private final AtExit atExit = AtExit.run("end-servers", this::end);
  private final RedisBinary binary;
  private final Access access;
  private volatile boolean closed;

  private RedisServers(Access access, Function<Path, RedisBinary> choice) {
    this.access = Objects.requireNonNull(access, "access");
    try {
      this.binary = choice.apply(root);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Servers of the release that is carried in embedded-redis, an older one than is installed.
   *
   * @return the servers, none started yet
   * @throws IllegalStateException if embedded-redis is not there or has none for this system
   */
  public static RedisServers carried() {
    return new RedisServers(Access.OPEN, RedisBinary::carried);
  }

  /**
   * Servers without password or TLS, of the release that {@link RedisBinary#find} finds.
   *
   * @return the servers, none started yet
   * @throws IllegalStateException if there is no redis-server, or it does not start
   */
  public static RedisServers open() {
    return open(Access.OPEN);
  }

  /**
   * As {@link #open()}; all servers are reached in this way.
   *
   * @param access password, TLS
   * @return the servers, none started yet
   * @throws IllegalStateException if there is no redis-server, or it does not start
   */
  public static RedisServers open(Access access) {
    return new RedisServers(access, RedisBinary::find);
  }

  /**
   * How the servers are reached.
   *
   * @return as given
   */
  public Access access() {
    return access;
  }

  /**
   * The program they run.
   *
   * @return path, version and origin
   */
  public RedisBinary binary() {
    return binary;
  }

  /**
   * The ports that were given out.
   *
   * @return for more of them
   */
  public FreePorts ports() {
    return ports;
  }

  /**
   * A directory that is deleted with the servers.
   *
   * @param name the same name gives the same directory
   * @return it exists
   */
  public Path scratch(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One server on a free port of {@link #LOOPBACK}, ready when this returns.
   *
   * @param arguments of redis-server, for all its starts
   * @return the node, a master
   * @throws IllegalStateException if it does not start: with its output
   */
  public RedisNode start(String... arguments) {
    return start(new NodeAddress(LOOPBACK, ports.any(LOOPBACK)), arguments);
  }

  /**
   * One server at this address, ready when this returns.
   *
   * @param address of this machine, free
   * @param arguments of redis-server, for all its starts
   * @return the node, a master
   * @throws IllegalStateException if it does not start: with its output
   */
  public RedisNode start(NodeAddress address, String... arguments) {
    RedisNode node = launch(address, arguments);
    node.awaitReady();
    return node;
  }

  RedisNode launch(NodeAddress address, String... arguments) {
    Path directory = scratch("node-" + count.incrementAndGet() + "-" + address.port());
    List<String> fixed = new ArrayList<>(access.serverArguments(address));
    fixed.addAll(List.of(arguments));
    RedisNode node =
        new RedisNode(address, new ServerProcess(binary, address, directory, fixed), access);
    nodes.add(node);
    if (closed) {
      throw new IllegalStateException("the servers are closed");
    }
    node.launch();
    return node;
  }

  /**
   * A master and its replicas on free ports, all in sync when this returns.
   *
   * @param replicas 0 or more
   * @return the group
   * @throws IllegalStateException if a server does not start: with its output
   */
  public RedisGroup group(int replicas) {
    NodeAddress[] addresses = new NodeAddress[replicas + 1];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = new NodeAddress(LOOPBACK, ports.any(LOOPBACK));
    }
    return group(addresses);
  }

  /**
   * As {@link #group(int)} at these addresses.
   *
   * @param addresses the master first
   * @return the group
   * @throws IllegalStateException if a server does not start: with its output
   */
  public RedisGroup group(NodeAddress... addresses) {
    return RedisGroup.launch(this, List.of(addresses)).connect();
  }

  /**
   * The servers whose process is still there.
   *
   * @return their addresses
   */
  public List<String> alive() {
    return nodes.stream().filter(RedisNode::isAlive).map(RedisNode::toString).toList();
  }

  /** Kills all servers and deletes all their files. Later calls do nothing. */
  @Override
  public void close() {
    end();
    atExit.cancel();
  }

  private void end() {
    closed = true;
    nodes.forEach(RedisNode::close);
    TempDirs.delete(root);
  }
}
