package io.github.jedisfailover.internal.observe;

import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.internal.execution.Parking;
import io.github.jedisfailover.internal.lag.Proofs;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import io.github.jedisfailover.internal.source.Opinions;
import io.github.jedisfailover.metrics.ClientFigures;
import io.github.jedisfailover.metrics.PoolFigures;
import io.github.jedisfailover.topology.NodeAddress;
import io.github.jedisfailover.topology.TopologySnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the figures from the parts; without parts, before the start, there are none. */
final class LiveFigures implements ClientFigures {
  private final String client;
  private final String masterName;
  private final MonotonicClock clock;
  private volatile Parts parts;

  LiveFigures(FailoverConfig config, MonotonicClock clock) {
    this.client = config.clientName();
    this.masterName = config.masterName();
    this.clock = clock;
  }

  void of(Parts made) {
    parts = made;
  }

  @Override
  public String client() {
    return client;
  }

  @Override
  public String masterName() {
    return masterName;
  }

  @Override
  public TopologySnapshot topology() {
    Parts now = parts;
    return now == null ? TopologySnapshot.UNKNOWN : now.topology().current();
  }

  @Override
  public List<PoolFigures> pools() {
    Parts now = parts;
    return now == null ? List.of() : now.pools().figures();
  }

  @Override
  public int parkedCalls() {
    Parts now = parts;
    return now == null ? 0 : now.calls().parking().count();
  }

  @Override
  public Duration longestParked() {
    Parts now = parts;
    List<Parking.Waiting> longest = now == null ? List.of() : now.calls().parking().longest(1);
    return longest.isEmpty() ? Duration.ZERO : Duration.ofNanos(longest.get(0).nanos());
  }

  @Override
  public OptionalLong lagBytes(NodeAddress replica) {
    return behind(replica).map(b -> OptionalLong.of(b.bytes())).orElse(OptionalLong.empty());
  }

  @Override
  public Optional<Duration> lag(NodeAddress replica) {
    return behind(replica).filter(Proofs.Behind::timed).map(b -> Duration.ofNanos(b.nanos()));
  }

  private Optional<Proofs.Behind> behind(NodeAddress replica) {
    Parts now = parts;
    return now == null ? Optional.empty() : now.probes().proofs().behind(replica, clock.nanos());
  }

  @Override
  public void measureLag(Duration every) {
    Parts now = parts;
    if (now != null && !now.closed().getAsBoolean()) {
      now.probes().demand(every);
    }
  }

  @Override
  public int disagreements() {
    Parts now = parts;
    return now == null ? 0 : Opinions.of(now.source()).dissents().size();
  }

  @Override
  public OptionalLong votersUp() {
    Parts now = parts;
    List<Opinions.Voter> voters = now == null ? List.of() : Opinions.of(now.source()).voters();
    return voters.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(voters.stream().filter(Opinions.Voter::answers).count());
  }
}
