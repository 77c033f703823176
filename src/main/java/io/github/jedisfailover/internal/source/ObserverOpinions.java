package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What each voter told an observer last. Thread-safe. */
final class ObserverOpinions {
  private final List<NodeAddress> voters;
  private final MonotonicClock clock;
  private final Map<NodeAddress, Told> last = new ConcurrentHashMap<>();

  private record Told(VoterPolls.Word word, long atMillis) {}

  ObserverOpinions(List<NodeAddress> voters, MonotonicClock clock) {
    this.voters = voters.stream().sorted().toList();
    this.clock = clock;
  }

  void told(VoterPolls.Word word) {
    last.put(word.voter(), new Told(word, clock.millis()));
  }

  /**
   * @param believed the master in force
   */
  Opinions now(Optional<NodeAddress> believed) {
    List<Opinions.Voter> seen = new ArrayList<>();
    List<Opinions.Dissent> dissents = new ArrayList<>();
    for (NodeAddress voter : voters) {
      Told told = last.get(voter);
      seen.add(voter(voter, told));
      Optional<VoterAnswer> answer = told == null ? Optional.empty() : told.word().answer();
      answer
          .filter(a -> believed.filter(m -> !m.equals(a.master())).isPresent())
          .map(a -> "the master is " + a.master() + ", epoch " + a.configEpoch())
          .ifPresent(says -> dissents.add(new Opinions.Dissent("voter " + voter, says)));
    }
    return new Opinions("an observer of voters", 0, seen, dissents);
  }

  private Opinions.Voter voter(NodeAddress voter, Told told) {
    if (told == null) {
      return new Opinions.Voter(voter, false, true, true, "not asked yet");
    }
    boolean silent = told.word().silent();
    String what = silent ? "did not answer " : "answered ";
    String says = what + (clock.millis() - told.atMillis()) + " ms ago";
    if (told.word().answer().filter(VoterAnswer::masterDown).isPresent()) {
      says += ", finds the master down";
    }
    if (!silent && told.word().answer().isEmpty()) {
      says += ", does not know the group";
    }
    boolean knows = told.word().answer().isPresent();
    return new Opinions.Voter(voter, false, !silent, knows, says);
  }
}
