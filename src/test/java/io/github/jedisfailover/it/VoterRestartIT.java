package io.github.jedisfailover.it;

import static io.github.jedisfailover.testing.LocalMonitors.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.testing.LocalMonitors;
import io.github.jedisfailover.testing.LocalVoter;
import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.testing.RedisServers;
import io.github.jedisfailover.testsupport.Votes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;

/** What a voter's state directory is for: it is closed, and started again on the same one. */
class VoterRestartIT {
  private static final String HELLO = "__sentinel__:hello";
  private static final String STRANGER = "f".repeat(40);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private RedisServers servers;
  private RedisGroup group;
  private LocalMonitors monitors;
  private RedisNode old;
  private RedisNode master;

  @BeforeEach
  void failOverOnce() {
    servers = RedisServers.open();
    group = servers.group(2);
    monitors = LocalMonitors.start(servers, group, Stage.DOWN_AFTER);
    old = group.master();
    monitors.awaitAgreement(group, old).awaitVotes();
    old.command("SET", "written", "before");
    group.awaitReplicated();
    old.kill();
    master = group.awaitMasterOtherThan(old);
    monitors.awaitAgreement(group, master);
  }

  @AfterEach
  void close() {
    monitors.close();
    servers.close();
  }

  @Test
  void itKnowsIdentityEpochsVoteAndMasterFromItsOwnFile() {
    await("a vote is reported").atMost(PATIENCE).until(() -> whoVoted().isPresent());
    LocalVoter voter = whoVoted().orElseThrow();
    long votedIn = lastVote(voter);
    Object id = voter.ask("MYID");
    long epoch = voter.view(NAME).current().version().configEpoch();
    assertThat(epoch).isPositive();

    // Nobody else can tell it: the others are closed, and the only seed is dead.
    monitors.voters().forEach(LocalVoter::stop);
    voter.watch(FailoverConfig.builder().masterName(NAME).nodes(old.address()).build());
    voter.start();

    Object known = List.of(master.address().host(), "" + master.port());
    await("the voter knows the master from its own file")
        .atMost(PATIENCE)
        .until(() -> known.equals(voter.ask("GET-MASTER-ADDR-BY-NAME", NAME)));
    String[] hello = awaitMessage(master, HELLO).split(",");
    assertThat(voter.ask("MYID")).isEqualTo(id);
    assertThat(hello[2]).as("id").isEqualTo(id);
    assertThat(Long.parseLong(hello[3])).as("current epoch").isGreaterThanOrEqualTo(votedIn);
    assertThat(hello[5] + ":" + hello[6]).as("master").isEqualTo(master.address().toString());
    assertThat(hello[7]).as("config epoch").isEqualTo("" + epoch);

    long current = Long.parseLong(hello[3]);
    assertThat(Votes.ask(voter, master, votedIn, STRANGER))
        .as("a second vote in one epoch")
        .isNotEqualTo(STRANGER);
    assertThat(Votes.ask(voter, master, current + 1, STRANGER))
        .as("a vote in a new epoch")
        .isEqualTo(STRANGER);
  }

  private Optional<LocalVoter> whoVoted() {
    return monitors.voters().stream().filter(v -> lastVote(v) > 0).findFirst();
  }

  /** The epoch of the last vote it reported, 0 without one. */
  private static long lastVote(LocalVoter voter) {
    return voter.events().stream()
        .filter(e -> e.startsWith("+vote-for-leader "))
        .mapToLong(e -> Long.parseLong(e.substring(e.lastIndexOf(' ') + 1)))
        .max()
        .orElse(0);
  }

  @Test
  void itsVoteCountsInTheNextFailover() {
    LocalVoter restarted = monitors.voters().get(0);
    LocalVoter other = monitors.voters().get(1);
    old.startAsReplicaOf(master);
    group.awaitInSync(master);
    other.stop(); // two of three are left: a majority only with the vote of the restarted one
    restarted.stop();
    long votedIn = lastVote(restarted);
    restarted.start();
    monitors.awaitAgreement(group, master);

    master.kill();
    RedisNode next = group.awaitMasterOtherThan(master);
    monitors.awaitAgreement(group, next);
    await("its vote is reported").atMost(PATIENCE).until(() -> lastVote(restarted) > votedIn);
  }

  private static String awaitMessage(RedisNode node, String channel) {
    AtomicReference<String> heard = new AtomicReference<>();
    JedisPubSub one =
        new JedisPubSub() {
          @Override
          public void onMessage(String from, String message) {
            heard.set(message);
            unsubscribe();
          }
        };
    try (Jedis jedis = new Jedis(node.address().host(), node.port())) {
      jedis.subscribe(one, channel);
    }
    return heard.get();
  }
}
