package io.github.jedisfailover.internal.source;

import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Asks the voters one after the other. One that did not answer comes last, and in a round only if
 * there is no majority without it: each costs a second of waiting. Used by one thread.
 */
final class VoterPolls {
  private static final Logger log = LoggerFactory.getLogger(VoterPolls.class);

  private final String owner;
  private final List<Voter> voters = new ArrayList<>();
  private final Consumer<Word> onWord;
  private int turn;

  /**
   * @param order in which they are asked
   * @param onWord hears what each of them says
   */
  VoterPolls(String owner, List<NodeAddress> order, VoterAccess access, Consumer<Word> onWord) {
    this.owner = owner;
    this.onWord = onWord;
    order.forEach(v -> voters.add(new Voter(new VoterClient(v, access))));
  }

  private static final class Voter {
    private final VoterClient client;
    private boolean silent;

    Voter(VoterClient client) {
      this.client = client;
    }
  }

  /**
   * @param answer empty if it has nothing to say
   * @param silent whether it did not answer
   */
  record Word(NodeAddress voter, Optional<VoterAnswer> answer, boolean silent) {}

  /** The next voter in turn, also one that did not answer the last time. */
  Word askOne() {
    Voter voter = voters.get(turn);
    turn = (turn + 1) % voters.size();
    Optional<VoterAnswer> answer = ask(voter);
    return new Word(voter.client.voter(), answer, voter.silent);
  }

  /**
   * @param meanwhile hears of all answers so far after each one
   */
  List<VoterAnswer> askAll(Consumer<List<VoterAnswer>> meanwhile) {
    List<VoterAnswer> answers = new ArrayList<>();
    List<Voter> doubtful = voters.stream().filter(v -> v.silent).toList();
    for (Voter voter : voters) {
      if (!doubtful.contains(voter)) {
        collect(voter, answers, meanwhile);
      }
    }
    for (Voter voter : doubtful) {
      if (answers.size() < ObserverRule.majority(voters.size())) {
        collect(voter, answers, meanwhile);
      }
    }
    return answers;
  }

  private void collect(
      Voter voter, List<VoterAnswer> answers, Consumer<List<VoterAnswer>> meanwhile) {
    Optional<VoterAnswer> answer = ask(voter);
    if (answer.isPresent()) {
      answers.add(answer.get());
      meanwhile.accept(List.copyOf(answers));
    }
  }

  private Optional<VoterAnswer> ask(Voter voter) {
    Optional<VoterAnswer> answer = Optional.empty();
    try {
      answer = voter.client.ask();
      voter.silent = false;
    } catch (JedisException | IllegalArgumentException e) {
      log.debug("[{}] voter {}: {}", owner, voter.client.voter(), e.getMessage());
      voter.silent = true;
    }
    onWord.accept(new Word(voter.client.voter(), answer, voter.silent));
    return answer;
  }

  /** Ends the connections until the next question. */
  void release() {
    voters.forEach(v -> v.client.release());
  }

  /** From any thread. */
  void close() {
    voters.forEach(v -> v.client.close());
  }
}
