package io.github.jedisfailover.integration.micrometer;

import io.github.jedisfailover.metrics.ClientFigures;
import io.github.jedisfailover.metrics.FailoverMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Figures as Micrometer meters: those of OpenTelemetry's conventions for database clients ({@code
 * db.client.*}) and our own ({@code jedis.failover.*}); the page <em>Observability</em> of the
 * documentation lists them.
 *
 * <pre>{@code
 * RedisFailoverClient.builder()
 *     .metrics(new MicrometerFailoverMetrics(registry))
 * }</pre>
 *
 * <p>One object serves any number of clients and monitors. All meters have the tag {@code client},
 * so clients of one registry need different names ({@code clientName}); they go when the client
 * closes. Thread-safe.
 */
public final class MicrometerFailoverMetrics implements FailoverMetrics {
  private final Builder options;

  /**
   * With the defaults.
   *
   * @param registry takes the meters
   */
  public MicrometerFailoverMetrics(MeterRegistry registry) {
    this(builder(registry));
  }

  private MicrometerFailoverMetrics(Builder options) {
    this.options = options;
  }

  /**
   * A builder with the defaults.
   *
   * @param registry takes the meters
   * @return the builder
   */
  public static Builder builder(MeterRegistry registry) {
    return new Builder(registry);
  }

  @Override
  public FailoverMetrics ofClient(ClientFigures figures) {
    return new ClientMeters(options.meters(figures.client()), figures, options);
  }

  @Override
  public FailoverMetrics ofMonitor(String monitor) {
    Meters meters = options.meters(monitor);
    Timer delay = meters.timer(MeterDefinition.MONITOR_DELAY);
    return new FailoverMetrics() {
      @Override
      public void monitorDelay(long millis) {
        delay.record(millis, TimeUnit.MILLISECONDS);
      }

      @Override
      public void detached() {
        meters.close();
      }
    };
  }

  /** What is measured. Not thread-safe. */
  public static final class Builder {
    private final MeterRegistry registry;
    private Tags tags = Tags.empty();
    private boolean commandDurations;
    private boolean poolTimes = true;
    private Duration lagEvery = Duration.ofSeconds(5);

    private Builder(MeterRegistry registry) {
      this.registry = Objects.requireNonNull(registry, "registry");
    }

    private Builder(Builder other) {
      this(other.registry);
      tags = other.tags;
      commandDurations = other.commandDurations;
      poolTimes = other.poolTimes;
      lagEvery = other.lagEvery;
    }

    /**
     * More tags of all meters.
     *
     * @param more the tags
     * @return this builder
     */
    public Builder tags(Tags more) {
      tags = tags.and(more);
      return this;
    }

    /**
     * Whether each call is timed, by command: {@code db.client.operation.duration}; default {@code
     * false}: it costs each call two looks at the clock and some garbage, and OpenTelemetry's agent
     * measures the same.
     *
     * @param timed whether
     * @return this builder
     */
    public Builder commandDurations(boolean timed) {
      commandDurations = timed;
      return this;
    }

    /**
     * Whether it is measured how long callers wait for connections and keep them; default {@code
     * true}: it costs each call two looks at the clock.
     *
     * @param timed whether
     * @return this builder
     */
    public Builder poolTimes(boolean timed) {
      poolTimes = timed;
      return this;
    }

    /**
     * How often the replicas' lag is measured while somebody reads the gauges, by {@code INFO
     * replication} to each node on a connection of its own; 0 to 1 hour; default 5 s. Zero: only
     * while reads with a bound on the lag, or sessions, need it.
     *
     * @param every time between two questions to a node
     * @return this builder
     * @throws IllegalArgumentException if out of range
     */
    public Builder lagEvery(Duration every) {
      if (every.isNegative() || every.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException("lagEvery must be 0..1 h, was " + every);
      }
      lagEvery = every;
      return this;
    }

    /**
     * The metrics, to be given to the builders of clients.
     *
     * @return a new object
     */
    public MicrometerFailoverMetrics build() {
      return new MicrometerFailoverMetrics(new Builder(this));
    }

    private Meters meters(String client) {
      return new Meters(registry, client, tags);
    }

    boolean commandDurations() {
      return commandDurations;
    }

    boolean poolTimes() {
      return poolTimes;
    }

    Duration lagEvery() {
      return lagEvery;
    }
  }
}
