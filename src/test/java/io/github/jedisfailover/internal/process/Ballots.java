package io.github.jedisfailover.internal.process;

import io.github.jedisfailover.topology.NodeAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/** Asks one voter for votes, as many candidates at once, and keeps what it says. */
final class Ballots {
  private static final int EPOCHS_AT_ONCE = 500;

  private final int port;
  private final NodeAddress master;
  private final Map<Long, String> votes = new ConcurrentHashMap<>();
  private final Queue<String> secondVotes = new ConcurrentLinkedQueue<>();

  Ballots(int port, NodeAddress master) {
    this.port = port;
    this.master = master;
  }

  boolean isAnswered() {
    return SentinelProgram.ask(port, "SENTINEL GET-MASTER-ADDR-BY-NAME m").startsWith("*2")
        || SentinelProgram.ask(port, "SENTINEL GET-MASTER-ADDR-BY-NAME mymaster").startsWith("*2");
  }

  String identity() {
    return SentinelProgram.ask(port, "SENTINEL MYID").split("\r\n")[1];
  }

  long newest() {
    return votes.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  int count() {
    return votes.size();
  }

  List<String> secondVotes() {
    return List.copyOf(secondVotes);
  }

  /** Another candidate in epochs that had their vote before the last kill. */
  void askAgain(long upTo) {
    try (Socket voter = new Socket("127.0.0.1", port)) {
      BufferedReader in = reader(voter);
      for (long epoch = Math.max(1, upTo - 5); epoch <= upTo; epoch++) {
        ask(voter, in, epoch);
      }
    } catch (IOException e) {
      throw new IllegalStateException("a voter that has just answered", e);
    }
  }

  /** On a thread of its own, until the voter is gone. */
  Thread askOnFrom(long epoch) {
    Thread asker = new Thread(() -> askOn(epoch), "asker");
    asker.setDaemon(true);
    asker.start();
    return asker;
  }

  private void askOn(long from) {
    try (Socket voter = new Socket("127.0.0.1", port)) {
      BufferedReader in = reader(voter);
      for (long epoch = from + 1; epoch <= from + EPOCHS_AT_ONCE; epoch++) {
        ask(voter, in, epoch);
      }
    } catch (IOException e) {
      return; // killed
    }
  }

  private static BufferedReader reader(Socket voter) throws IOException {
    return new BufferedReader(
        new InputStreamReader(voter.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  private void ask(Socket voter, BufferedReader in, long epoch) throws IOException {
    String question =
        "SENTINEL IS-MASTER-DOWN-BY-ADDR %s %d %d %s\r\n"
            .formatted(master.host(), master.port(), epoch, candidate());
    voter.getOutputStream().write(question.getBytes(StandardCharsets.ISO_8859_1));
    String[] answer = new String[5]; // *3, the opinion, length, whom, epoch
    for (int i = 0; i < answer.length; i++) {
      answer[i] = in.readLine();
      if (answer[i] == null) {
        throw new IOException("ended");
      }
    }
    if (!answer[3].equals("*")) {
      note(Long.parseLong(answer[4].substring(1)), answer[3]);
    }
  }

  private void note(long epoch, String leader) {
    String before = votes.putIfAbsent(epoch, leader);
    if (before != null && !before.equals(leader)) {
      secondVotes.add("epoch " + epoch + ": " + before + " and " + leader);
    }
  }

  private static String candidate() {
    StringBuilder id = new StringBuilder(40);
    ThreadLocalRandom.current().ints(40, 0, 16).forEach(d -> id.append(Integer.toHexString(d)));
    return id.toString();
  }

  void awaitEnd(List<Thread> askers) {
    for (Thread asker : askers) {
      try {
        asker.join(10_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
