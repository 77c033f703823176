package io.github.jedisfailover.integration.micrometer;

import java.util.List;

/** Every meter there is: what the documentation and the dashboard are checked against. */
enum MeterDefinition {
  OPERATION_DURATION(
      "db.client.operation.duration",
      Kind.TIMER,
      "seconds",
      "A call from its begin to its end, with waits and repeats; only with `commandDurations(true)`",
      Tags.SYSTEM,
      Tags.NAMESPACE,
      Tags.OPERATION,
      Tags.SERVER_ADDRESS,
      Tags.SERVER_PORT,
      Tags.ROLE,
      Tags.STATUS_CODE,
      Tags.ERROR_TYPE),
  CONNECTION_COUNT(
      "db.client.connection.count",
      Kind.GAUGE,
      "connections",
      "Connections of a pool that are `used` or `idle`",
      Tags.POOL,
      Tags.STATE),
  CONNECTION_MAX(
      "db.client.connection.max", Kind.GAUGE, "connections", "Limit of a pool", Tags.POOL),
  CONNECTION_IDLE_MAX(
      "db.client.connection.idle.max",
      Kind.GAUGE,
      "connections",
      "Limit of idle connections of a pool",
      Tags.POOL),
  CONNECTION_IDLE_MIN(
      "db.client.connection.idle.min",
      Kind.GAUGE,
      "connections",
      "Idle connections that a pool keeps ready",
      Tags.POOL),
  CONNECTION_PENDING(
      "db.client.connection.pending_requests",
      Kind.GAUGE,
      "requests",
      "Callers that wait for a connection of a pool",
      Tags.POOL),
  CONNECTION_TIMEOUTS(
      "db.client.connection.timeouts",
      Kind.COUNTER,
      "timeouts",
      "Callers that got no connection in time, since all were lent",
      Tags.POOL),
  CONNECTION_CREATE_TIME(
      "db.client.connection.create_time",
      Kind.TIMER,
      "seconds",
      "Opening a connection, with TLS and log-in",
      Tags.POOL),
  CONNECTION_WAIT_TIME(
      "db.client.connection.wait_time",
      Kind.TIMER,
      "seconds",
      "Getting a connection of a pool",
      Tags.POOL),
  CONNECTION_USE_TIME(
      "db.client.connection.use_time",
      Kind.TIMER,
      "seconds",
      "From lending a connection to giving it back",
      Tags.POOL),
  WRITE_GAP(
      "jedis.failover.write.gap",
      Kind.TIMER,
      "seconds",
      "From the last good write at one master to the first at the next; time in which nobody wrote"
          + " does not count"),
  SWITCHES(
      "jedis.failover.switches", Kind.COUNTER, "switches", "Changes from one master to another"),
  EPOCH("jedis.failover.epoch", Kind.GAUGE, "", "Epoch of the failover that made the master"),
  NODES(
      "jedis.failover.nodes",
      Kind.GAUGE,
      "nodes",
      "Nodes by `role`; `up`: the master is reached, the replica is reached and follows it",
      Tags.ROLE,
      Tags.NODE_STATE),
  VOTERS_UP(
      "jedis.failover.voters.up",
      Kind.GAUGE,
      "voters",
      "Voters that answer, as last heard; NaN without monitors"),
  DISAGREEMENTS(
      "jedis.failover.disagreements",
      Kind.GAUGE,
      "",
      "Nodes and voters that say another thing of the master than this client believes"),
  PARKED(
      "jedis.failover.calls.parked",
      Kind.GAUGE,
      "calls",
      "Calls that found no node to serve them and wait for one"),
  PARKED_LONGEST(
      "jedis.failover.calls.parked.longest",
      Kind.GAUGE,
      "seconds",
      "How long the first of the parked calls has been under way"),
  WAITED(
      "jedis.failover.calls.waited",
      Kind.TIMER,
      "seconds",
      "Calls that were parked, from their begin to their end"),
  RETRIED(
      "jedis.failover.calls.retried",
      Kind.COUNTER,
      "calls",
      "Attempts that were repeated",
      Tags.CATEGORY,
      Tags.REASON),
  REFUSED(
      "jedis.failover.calls.refused",
      Kind.COUNTER,
      "calls",
      "Calls that ended without being applied: no node took them in time",
      Tags.CATEGORY),
  UNKNOWN(
      "jedis.failover.calls.unknown",
      Kind.COUNTER,
      "calls",
      "Calls that ended with an unknown outcome",
      Tags.CATEGORY),
  STALE_READS(
      "jedis.failover.reads.stale",
      Kind.COUNTER,
      "reads",
      "Reads that passed a replica over since it was not proven to be fresh enough"),
  LAG(
      "jedis.failover.replica.lag",
      Kind.GAUGE,
      "seconds",
      "How old what a replica has was at the master; NaN if not measured lately",
      Tags.NODE),
  LAG_BYTES(
      "jedis.failover.replica.lag.bytes",
      Kind.GAUGE,
      "bytes",
      "Bytes of the replication stream that a replica does not have; NaN if not measured lately",
      Tags.NODE),
  CONNECTIONS_CUT(
      "jedis.failover.connections.cut",
      Kind.COUNTER,
      "connections",
      "Connections closed because of a change of the topology",
      Tags.NODE),
  SUBSCRIPTION_GAP(
      "jedis.failover.subscription.gap",
      Kind.TIMER,
      "seconds",
      "For how long at most a subscription may have missed messages"),
  MONITOR_DELAY(
      "jedis.failover.monitor.delay",
      Kind.TIMER,
      "seconds",
      "How late the monitor's loop ran, by a pause or for lack of CPU");

  private final String meter;
  private final Kind kind;
  private final String unit;
  private final String description;
  private final List<String> tags;

  MeterDefinition(String meter, Kind kind, String unit, String description, String... tags) {
    this.meter = meter;
    this.kind = kind;
    this.unit = unit;
    this.description = description;
    this.tags = List.of(tags);
  }

  enum Kind {
    GAUGE,
    COUNTER,
    TIMER
  }

  /** Names of tags; those of OpenTelemetry where there is one. */
  static final class Tags {
    static final String CLIENT = "client"; // of every meter
    static final String SYSTEM = "db.system.name";
    static final String NAMESPACE = "db.namespace";
    static final String OPERATION = "db.operation.name";
    static final String STATUS_CODE = "db.response.status_code";
    static final String ERROR_TYPE = "error.type";
    static final String SERVER_ADDRESS = "server.address";
    static final String SERVER_PORT = "server.port";
    static final String POOL = "db.client.connection.pool.name";
    static final String STATE = "db.client.connection.state";
    static final String ROLE = "role";
    static final String NODE = "node";
    static final String NODE_STATE = "state";
    static final String CATEGORY = "category";
    static final String REASON = "reason";

    private Tags() {}
  }

  String meter() {
    return meter;
  }

  Kind kind() {
    return kind;
  }

  String unit() {
    return unit;
  }

  String description() {
    return description;
  }

  /** Beside {@link Tags#CLIENT}. */
  List<String> tags() {
    return tags;
  }
}
