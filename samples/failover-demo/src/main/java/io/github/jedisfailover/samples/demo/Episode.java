package io.github.jedisfailover.samples.demo;

import static org.awaitility.Awaitility.await;

import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.NodeView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import redis.clients.jedis.exceptions.JedisException;

/** One run: load, fault, failover, the old master's return, the loss of a replica, the sums. */
final class Episode {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration FROZEN = Duration.ofSeconds(10);

  private final Screen screen;
  private final Timeline timeline;
  private final Options options;
  private final Scene scene;
  private final RedisGroup group;
  private final RedisNode oldMaster;
  private final Load load;
  private final long epochBefore;
  private final Outcome outcome = new Outcome();
  private String steps = "";
  private volatile long faultNanos;
  private long faultDoneNanos;
  private volatile long switchNanos = Long.MAX_VALUE;

  Episode(Screen screen, Timeline timeline, Options options, Scene scene) {
    this.screen = screen;
    this.timeline = timeline;
    this.options = options;
    this.scene = scene;
    this.group = scene.group();
    this.oldMaster = group.master();
    this.load = new Load(scene.client(), this::clientHasSwitched);
    this.epochBefore = scene.client().topology().current().version().configEpoch();
  }

  Outcome play() {
    load.seed();
    group.awaitReplicated();
    awaitReplicasFit();
    try (LiveCounter counter = new LiveCounter(screen, load, group, scene.client().topology())) {
      screen.title("Load: 8 writers (INCR, RPUSH, SET) and 8 readers (GET), 200 ops/s each");
      load.start();
      counter.start();
      pause(options.quick() ? 4_000 : 5_000);
      breakMaster();
      awaitFirstWrite();
      pause(options.quick() ? 1_000 : 3_000);
      returnOldMaster();
      if (!options.quick()) {
        loseReplica();
      }
    } finally {
      load.close();
    }
    settle();
    return outcome;
  }

  private void awaitReplicasFit() {
    boolean fit = eventually(() -> fitReplicas() == group.nodes().size() - 1);
    outcome.check("the client finds all replicas fit for reads", fit, fitReplicas());
  }

  private long fitReplicas() {
    return scene.client().topology().current().replicas().stream()
        .filter(NodeView::fitForReads)
        .count();
  }

  private void breakMaster() {
    screen.title(options.fault().signal + " of the master " + oldMaster);
    load.fault();
    timeline.fault(Instant.now());
    faultNanos = System.nanoTime();
    if (options.fault() == Options.Fault.KILL) {
      oldMaster.kill();
    } else {
      oldMaster.freeze();
    }
    faultDoneNanos = System.nanoTime();
  }

  private void awaitFirstWrite() {
    boolean written = eventually(() -> load.figures().firstOnNewMaster() != Long.MAX_VALUE);
    if (!written) {
      throw new IllegalStateException("no write on a new master within " + PATIENCE);
    }
    switchNanos = load.figures().firstOnNewMaster();
    long millis = TimeUnit.NANOSECONDS.toMillis(switchNanos - faultNanos);
    outcome.firstWriteMillis(millis);
    screen.say(
        Screen.Style.GOOD,
        String.format("%+7d ms  %-14s first acknowledged write on the new master", millis, "app"));
  }

  private String steps() {
    List<String> names =
        List.of("+sdown", "+odown", "+elected-leader", "+promoted-slave", "pool-swap");
    return names.stream()
        .map(n -> timeline.first(n).isPresent() ? "" + timeline.first(n).getAsLong() : "-")
        .collect(Collectors.joining(", ", "", " ms"));
  }

  private boolean clientHasSwitched() {
    NodeAddress old = oldMaster.address();
    return faultNanos != 0
        && scene
            .client()
            .topology()
            .current()
            .master()
            .filter(m -> !m.address().equals(old))
            .isPresent();
  }

  private void returnOldMaster() {
    steps = steps();
    if (options.fault() == Options.Fault.KILL) {
      screen.title("The old master is started again: empty, and believing to be a master");
      oldMaster.start();
    } else {
      long left = FROZEN.toNanos() - (System.nanoTime() - faultNanos);
      pause(Math.max(0, TimeUnit.NANOSECONDS.toMillis(left)));
      screen.title("SIGCONT: the old master wakes up and still believes to be a master");
      oldMaster.thaw();
    }
    long back = System.nanoTime();
    boolean demoted = eventually(() -> oldMaster.isReplicaOf(group.master().address()));
    timeline.mark("old-master-replica", "old master     says that it is a replica now");
    boolean synced = eventually(() -> oldMaster.isInSyncWith(group.master().address()));
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - back);
    outcome.figure("old master back until it is a replica in sync", millis + " ms");
    outcome.check("the old master came back as a replica", demoted && synced, millis + " ms");
    boolean serves = eventually(() -> fitReplicas() == 2);
    outcome.check("the client reads from both replicas again", serves, fitReplicas() + " fit");
  }

  private void loseReplica() {
    RedisNode victim =
        group.replicas().stream().filter(n -> n != oldMaster).findFirst().orElseThrow();
    screen.title("SIGKILL of the replica " + victim + ": its reads move to the other node");
    int failedBefore = load.figures().failedReads().size();
    timeline.fault(Instant.now());
    victim.kill();
    pause(3_500);
    screen.title("The replica returns; its configuration names its master, as a real one's does");
    NodeAddress master = group.master().address();
    long back = System.nanoTime();
    victim.start("--replicaof", master.host(), "" + master.port());
    boolean serves = eventually(() -> victim.calls("get") > 100);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - back);
    int failed = load.figures().failedReads().size() - failedBefore;
    screen.say(
        Screen.Style.GOOD, "the replica serves reads again " + millis + " ms after its start");
    pause(1_500);
    outcome.check("replica lost: no failed read", failed == 0, failed);
    outcome.check("replica back: it serves reads again", serves, millis + " ms");
  }

  /** Compares what was promised with what is there. */
  private void settle() {
    screen.title("Load stopped; comparing acknowledged writes with the data on the new master");
    Load.Figures figures = load.figures();
    RedisNode master = group.master();
    group.awaitReplicated();
    WriterAccount.Verdict verdict = new WriterAccount.Verdict(0, 0, 0, 0);
    for (WriterAccount account : load.accounts()) {
      verdict = verdict.plus(account.check(master, switchNanos));
    }
    figureTimes(figures);
    checkWrites(figures);
    checkReads(figures);
    checkData(verdict);
    checkSwitches();
  }

  private void figureTimes(Load.Figures figures) {
    String signal = options.fault().signal;
    outcome.figure(signal + " -> first write on new master", outcome.firstWriteMillis() + " ms");
    outcome.figure("  of these SDOWN, ODOWN, elected, promoted, swap", steps);
    long write = TimeUnit.NANOSECONDS.toMillis(figures.longestWrite());
    long read = TimeUnit.NANOSECONDS.toMillis(figures.longestRead());
    outcome.longestCallMillis(Math.max(write, read));
    outcome.figure("longest call, write / read", write + " / " + read + " ms");
    outcome.figure("acknowledged writes", figures.writes());
    outcome.figure("answered reads", figures.reads());
    long limit = options.downAfterMillis() + 1_500;
    outcome.check(
        "writes go on within " + limit + " ms",
        outcome.firstWriteMillis() <= limit,
        outcome.firstWriteMillis() + " ms");
    outcome.check(
        "no call takes longer than " + limit + " ms",
        Math.max(write, read) <= limit,
        Math.max(write, read) + " ms");
  }

  private void checkWrites(Load.Figures figures) {
    List<WriterAccount.Failure> failures =
        load.accounts().stream().flatMap(a -> a.failures().stream()).toList();
    List<WriterAccount.Failure> others = failures.stream().filter(f -> !wasInFlight(f)).toList();
    outcome.figure("writes with unknown outcome, in flight", failures.size() - others.size());
    outcome.figure("writes that threw otherwise", others.size());
    String found = "" + others.size();
    if (!others.isEmpty()) {
      long after = TimeUnit.NANOSECONDS.toMicros(others.get(0).startNanos() - faultDoneNanos);
      found += ", the first begun " + after + " us after the fault: " + others.get(0).message();
    }
    outcome.check("no write threw but those in flight at the fault", others.isEmpty(), found);
  }

  /**
   * A killed server answers nothing that was sent before it died. A frozen one still accepts what
   * is sent until the monitors notice: until the switch each caller can be caught once.
   */
  private boolean wasInFlight(WriterAccount.Failure failure) {
    boolean kill = options.fault() == Options.Fault.KILL;
    long end = kill ? faultDoneNanos : switchNanos;
    return failure.outcomeUnknown() && failure.startNanos() - end <= 0;
  }

  private void checkReads(Load.Figures figures) {
    List<String> failed = figures.failedReads();
    outcome.figure("failed reads", failed.size());
    outcome.figure("reads that found nothing", figures.emptyReads());
    String found = failed.size() + (failed.isEmpty() ? "" : ", first: " + failed.get(0));
    outcome.check("no read failed", failed.isEmpty(), found);
    outcome.check(
        "no read came from a node without data", figures.emptyReads() == 0, figures.emptyReads());
  }

  private void checkData(WriterAccount.Verdict verdict) {
    outcome.figure("acknowledged before the switch, lost", verdict.lostBefore());
    outcome.figure("acknowledged after the switch, lost", verdict.lostAfter());
    outcome.figure("duplicates", verdict.duplicates());
    outcome.check(
        "nothing acknowledged after the switch is lost: no write reached the old master",
        verdict.lostAfter() == 0,
        verdict.lostAfter());
    outcome.check("nothing was applied twice", verdict.duplicates() == 0, verdict.duplicates());
    outcome.check(
        "nothing reported as not applied was applied", verdict.ghosts() == 0, verdict.ghosts());
  }

  private void checkSwitches() {
    List<String> switches = timeline.switches();
    long epochs = scene.client().topology().current().version().configEpoch() - epochBefore;
    outcome.check("one failover and no second one", switches.size() == 1, switches);
    outcome.check("the epoch of the master went up once", epochs >= 1, "by " + epochs);
    outcome.check("one master", group.masters().size() == 1, group.masters());
  }

  private static boolean eventually(Callable<Boolean> condition) {
    try {
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(10))
          .atMost(PATIENCE)
          .ignoreExceptionsMatching(
              e -> e instanceof JedisException || e instanceof IllegalStateException)
          .until(condition);
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
