package io.github.jedisfailover.testing;

import io.github.jedisfailover.internal.runtime.AtExit;
import io.github.jedisfailover.internal.runtime.Entropy;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Cuts connections on the loopback interface with iptables, in a chain of its own that goes away
 * with {@link #close()} or with the JVM, by SIGTERM too. Packets are dropped, not refused: as with
 * a pulled cable. Needs Linux, root and iptables. Thread-safe.
 */
public final class Partition implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  // At most 28 characters: that is as long as a chain's name may be.
  private final String chain =
      "JF" + ProcessHandle.current().pid() + "-" + Entropy.id().substring(0, 8);
  private final AtExit atExit = AtExit.run("heal-network", this::remove);
  private boolean installed;

  private Partition() {}

  /**
   * An empty partition: nothing is cut yet.
   *
   * @return the partition
   * @throws UnsupportedOperationException where none can be made; says what is needed
   */
  public static Partition open() {
    Partition partition = new Partition();
    try {
      partition.install();
      return partition;
    } catch (IllegalStateException e) {
      throw new UnsupportedOperationException(
          "partitions need Linux, root and iptables: " + e.getMessage(), e);
    }
  }

  /**
   * Why partitions cannot be made here, for a test's assumption.
   *
   * @return empty if they can
   */
  public static String missing() {
    try (Partition probe = open()) {
      return "";
    } catch (UnsupportedOperationException e) {
      return e.getMessage();
    }
  }

  /**
   * As {@link #missing()}, for {@link #around(int)}.
   *
   * @return empty if processes can be cut off by their group id
   */
  public static String missingForGroups() {
    try (Partition probe = open()) {
      probe.around(65533);
      return "";
    } catch (UnsupportedOperationException | IllegalStateException e) {
      return "needs root, iptables with the owner match and setpriv: " + e.getMessage();
    }
  }

  /**
   * Cuts both directions between two loopback hosts.
   *
   * @param one such as 127.0.0.2
   * @param other such as 127.0.0.3
   * @return this
   */
  public Partition between(String one, String other) {
    return oneWay(one, other).oneWay(other, one);
  }

  /**
   * Drops what the first host sends to the second.
   *
   * @param from such as 127.0.0.2
   * @param to such as 127.0.0.3
   * @return this
   */
  public Partition oneWay(String from, String to) {
    rule("-s", from, "-d", to);
    return this;
  }

  /**
   * Drops all that is sent to this host and by it.
   *
   * @param host such as 127.0.0.2
   * @return this
   */
  public Partition around(String host) {
    rule("-s", host);
    rule("-d", host);
    return this;
  }

  /**
   * Drops what is sent to this server, and so every conversation that others begin with it.
   *
   * @param server its address
   * @return this
   */
  public Partition around(NodeAddress server) {
    rule("-d", server.host(), "-p", "tcp", "--dport", "" + server.port());
    return this;
  }

  /**
   * Drops all that the processes of this group id send, whatever their address: nobody hears them,
   * and they get no connection, reply or acknowledgement through.
   *
   * @param groupId as {@code setpriv --regid} gives it
   * @return this
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

  /** Ends all cuts for good. Later calls do nothing. */
  @Override
  public void close() {
    remove();
    atExit.cancel();
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
