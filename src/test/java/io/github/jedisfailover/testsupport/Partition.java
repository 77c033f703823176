package io.github.jedisfailover.testsupport;

import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Cuts connections on the loopback interface with iptables, in a chain of its own that goes away
 * with {@link #close()} or with the JVM. Packets are dropped, not refused: as with a pulled cable.
 */
public final class Partition implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final ReentrantLock lock = new ReentrantLock();
  private final String chain = "JF" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
  private final Thread atExit = new Thread(this::remove, "testsupport-heal-network");
  private boolean installed;

  private Partition() {}

  /** An empty partition: nothing is cut yet. */
  public static Partition open() {
    Partition partition = new Partition();
    Runtime.getRuntime().addShutdownHook(partition.atExit);
    partition.install();
    return partition;
  }

  /** Why partitions cannot be made here; empty if they can. For a test's assumption. */
  public static String missing() {
    try (Partition probe = open()) {
      probe.rule("-m", "owner", "--gid-owner", "65533");
      return "";
    } catch (IllegalStateException e) {
      return "partitions need root, iptables with the owner match and setpriv: " + e.getMessage();
    }
  }

  /** Cuts both directions between two loopback hosts, such as 127.0.0.2 and 127.0.0.3. */
  public Partition between(String one, String other) {
    return oneWay(one, other).oneWay(other, one);
  }

  /** Drops what the first host sends to the second. */
  public Partition oneWay(String from, String to) {
    rule("-s", from, "-d", to);
    return this;
  }

  /** Drops what is sent to this server, and so every conversation with it. */
  public Partition around(NodeAddress server) {
    rule("-d", server.host(), "-p", "tcp", "--dport", "" + server.port());
    return this;
  }

  /**
   * Drops all that the processes of this group id send, whatever their address: nobody hears them,
   * and they get no connection, reply or acknowledgement through.
   */
  public Partition around(int groupId) {
    rule("-m", "owner", "--gid-owner", "" + groupId);
    return this;
  }

  /** Ends all cuts of this partition. */
  public void heal() {
    iptables("-F", chain);
  }

  private void rule(String... match) {
    List<String> command = new ArrayList<>(List.of("-A", chain));
    command.addAll(List.of(match));
    command.addAll(List.of("-j", "DROP"));
    iptables(command.toArray(String[]::new));
  }

  private void install() {
    try {
      iptables("-N", chain);
      installed = true;
      iptables("-I", "OUTPUT", "-o", "lo", "-j", chain);
    } catch (IllegalStateException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // the JVM is going down
    }
  }

  private void remove() {
    lock.lock();
    try {
      if (!installed) {
        return;
      }
      installed = false;
      run("iptables", "-w", "-D", "OUTPUT", "-o", "lo", "-j", chain);
      run("iptables", "-w", "-F", chain);
      run("iptables", "-w", "-X", chain);
    } finally {
      lock.unlock();
    }
  }

  private static void iptables(String... arguments) {
    List<String> command = new ArrayList<>(List.of("iptables", "-w"));
    command.addAll(List.of(arguments));
    String problem = run(command.toArray(String[]::new));
    if (!problem.isEmpty()) {
      throw new IllegalStateException(problem);
    }
  }

  /** Returns the problem, or nothing. */
  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : String.join(" ", command) + ": " + output.trim();
    } catch (IOException e) {
      return e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
