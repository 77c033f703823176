package io.github.jedisfailover.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.RedisFailover;
import io.github.jedisfailover.config.FailoverConfig;
import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.config.MonitorConfig;
import io.github.jedisfailover.config.PubSubBuffer;
import io.github.jedisfailover.config.RetryPolicy;
import io.github.jedisfailover.config.SideEffect;
import io.github.jedisfailover.topology.NodeAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each wrong value and the text that the on-call engineer reads. */
class SettingMessagesTest {

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
      preset | fast | preset must be one of fastFailover, conservative, readHeavy, was 'fast'
      nodes | h1 | nodes: address must be host:port, was 'h1'
      nodes | h1:x | nodes: address must be host:port with a numeric port, was 'h1:x'
      nodes | h1:0 | nodes: port must be 1..65535, was 0
      nodes | h1:1,h1:1 | nodes must be different addresses, was [h1:1, h1:1]
      nodes | h1:1,,h2:1 | nodes must be a list with commas between its parts and no empty part, was 'h1:1,,h2:1'
      masterName | a b | masterName must be 1..128 printable ASCII characters without spaces or commas, was 'a b'
      clientName | a,b | clientName must be 1..128 printable ASCII characters without spaces or commas, was 'a,b'
      readFrom | slave | readFrom must begin with one of [MASTER, MASTER_PREFERRED, REPLICA, REPLICA_PREFERRED, ANY, LOWEST_LATENCY], was 'slave'
      callTimeout | 5 | callTimeout must be a duration with its unit, such as 500ms, 2s, 5m, 1h or PT2S, was '5'
      callTimeout | 0ms | callTimeout must be 1 ms..3600000 ms, was 0 ms
      callTimeout | 2h | callTimeout must be 1 ms..3600000 ms, was 7200000 ms
      startTimeout | 61m | startTimeout must be 0 ms..3600000 ms, was 3660000 ms
      startTimeout | -1s | startTimeout must be a duration with its unit, such as 500ms, 2s, 5m, 1h or PT2S, was '-1s'
      warmConnections | 1001 | warmConnections must be 0..1000, was 1001
      warmTimeout | 2m | warmTimeout must be 0 ms..60000 ms, was 120000 ms
      retry.maxAttempts | 0 | retry.maxAttempts must be 1..10000, was 0
      retry.maxAttempts | many | retry.maxAttempts must be a whole number in 1..10000, was 'many'
      retry.initialBackoff | 11s | retry.initialBackoff must be 1 ms..10000 ms, was 11000 ms
      retry.maxBackoff | 0ms | retry.maxBackoff must be 1 ms..10000 ms, was 0 ms
      retry.repeats | writes | retry.repeats must be one of read, lastWriteWins, checked, blockingPop, accumulates, never, was 'writes'
      retry.repeats | never | retry.repeats must not contain NEVER: such commands are not repeated, was [NEVER]
      database | -1 | database must be 0..1000000, was -1
      connectionName | a b | connectionName must be printable ASCII characters without spaces, was 'a b'
      protocol | resp4 | protocol must be one of auto, resp2, resp3, was 'resp4'
      connectionTimeout | 0s | connectionTimeout must be 1 ms..3600000 ms, was 0 ms
      socketTimeout | 2h | socketTimeout must be 1 ms..3600000 ms, was 7200000 ms
      blockingSocketTimeout | 2h | blockingSocketTimeout must be 0 ms..3600000 ms, was 7200000 ms
      addressMap | a:1 | addressMap must be pairs of announced=dialled, each host:port, with commas between, was 'a:1'
      addressMap | a:1=b | addressMap: address must be host:port, was 'b'
      addressMap | a:1=b:1,a:1=c:1 | addressMap must be pairs of announced=dialled, each host:port, no address twice, was 'a:1=b:1,a:1=c:1'
      zones | a=z | zones: address must be host:port, was 'a'
      zones | a:1 | zones must be pairs of node=zone, each node host:port, with commas between, was 'a:1'
      zone | a,b | zone must be without commas, equals signs and empty names, was 'a,b'
      callTimeout | 999999999999999h | callTimeout must be a duration with its unit, such as 500ms, 2s, 5m, 1h or PT2S, was '999999999999999h'
      tls | yes | tls must be true or false, was 'yes'
      tlsVerify | none | tlsVerify must be one of insecure, ca, full, was 'none'
      trustStore | /no/such/file | trustStore must be a file that can be read, was '/no/such/file'
      keyStore | /no/such/file | keyStore must be a file that can be read, was '/no/such/file'
      pool.maxTotal | 0 | pool.maxTotal must be 1..100000, was 0
      pool.maxIdle | -1 | pool.maxIdle must be 0..100000, was -1
      pool.maxWait | 2h | pool.maxWait must be 0 ms..3600000 ms, was 7200000 ms
      pool.lifo | 1 | pool.lifo must be true or false, was '1'
      monitors | h | monitors: address must be host:port, was 'h'
      monitors | h:1,h:1 | monitors must be different addresses, was [h:1, h:1]
      listen | h | listen: address must be host:port, was 'h'
      quorum | 16 | quorum must be 1..15, was 16
      downAfter | 99ms | downAfter must be 100 ms..3600000 ms, was 99 ms
      failoverTimeout | 25h | failoverTimeout must be 1000 ms..86400000 ms, was 90000000 ms
      without | patience,all | without must be one of syncedOnly, emptyMaster, epochCap, fastDemotion, patience, stallDiscount, leavesDeadPromoted, splitRetry, handover, closerPings, was 'patience,all'
      parallelSyncs | 101 | parallelSyncs must be 1..100, was 101
      listener.aclLogMaxLen | 10001 | listener.aclLogMaxLen must be 0..10000, was 10001
      listener.maxClients | 0 | listener.maxClients must be 1..10000, was 0
      listener.timeout | 25h | listener.timeout must be 0 ms..86400000 ms, was 90000000 ms
      listener.maxRequestBytes | 1023 | listener.maxRequestBytes must be 1024..16777216, was 1023
      listener.maxArguments | 9 | listener.maxArguments must be 10..100000, was 9
      listener.tls.port | 0 | listener.tls.port must be 1..65535, was 0
      listener.tls.clients | all | listener.tls.clients must be one of none, optional, required, was 'all'
      listener.tls.keyStore | /no/such/file | listener.tls.keyStore must be a file that can be read, was '/no/such/file'
      voterTls.trustStore | /no/such/file | voterTls.trustStore must be a file that can be read, was '/no/such/file'
      readFrom | ; | readFrom must begin with one of [MASTER, MASTER_PREFERRED, REPLICA, REPLICA_PREFERRED, ANY, LOWEST_LATENCY], was ';'
      listener.pubSub.hardBytes | 1 | listener.pubSub.hardBytes must be 1024..268435456, was 1
      listener.pubSub.softBytes | 9999999 | listener.pubSub.softBytes must be 1024..1048576, was 9999999
      listener.pubSub.softTime | 2h | listener.pubSub.softTime must be 0 ms..3600000 ms, was 7200000 ms
      sentinels | h:1,h:1 | sentinels must be different addresses, was [h:1, h:1]
      sentinelTls | on | sentinelTls must be true or false, was 'on'
      subscribeByReadFrom | 1 | subscribeByReadFrom must be true or false, was '1'
      staticNodes | 2 | staticNodes must be true or false, was '2'
      readForm | any | unknown setting 'readForm', did you mean 'readFrom'?
      master_name | x | unknown setting 'master_name', did you mean 'masterName'?
      pool.max-total | x | unknown setting 'pool.max-total', did you mean 'pool.maxTotal'?
      passwort | geheim | unknown setting 'passwort', did you mean 'password'?
      """)
  void aWrongValueByName(String name, String value, String message) {
    refuses(() -> RedisFailover.builder().settings(Map.of(name, value)), message);
  }

  static Stream<Arguments> builders() {
    return Stream.of(
        row(
            () -> FailoverConfig.builder().nodes(new NodeAddress[0]),
            "nodes must be 1..100, was 0"),
        row(
            () -> FailoverConfig.builder().nodes("a:1", "A:1"),
            "nodes must be different addresses, was [a:1, a:1]"),
        row(() -> FailoverConfig.builder().nodes("a"), "address must be host:port, was 'a'"),
        row(
            () -> FailoverConfig.builder().masterName(""),
            "masterName must be 1..128 printable ASCII characters without spaces or commas, was"
                + " ''"),
        row(
            () -> FailoverConfig.builder().callTimeout(Duration.ZERO),
            "callTimeout must be 1 ms..3600000 ms, was 0 ms"),
        row(
            () -> FailoverConfig.builder().startTimeout(Duration.ofMillis(-1)),
            "startTimeout must be 0 ms..3600000 ms, was -1 ms"),
        row(
            () -> FailoverConfig.builder().startTimeout(Duration.ofSeconds(Long.MAX_VALUE)),
            "startTimeout must be 0 ms..3600000 ms, was PT2562047788015215H30M7S"),
        row(
            () -> FailoverConfig.builder().warmConnections(-1),
            "warmConnections must be 0..1000, was -1"),
        row(
            () -> FailoverConfig.builder().warmTimeout(Duration.ofMillis(-1)),
            "warmTimeout must be 0 ms..60000 ms, was -1 ms"),
        row(
            () -> FailoverConfig.builder().build(),
            "nodes must be set: 1..100 addresses, was none"),
        row(
            () -> RetryPolicy.DEFAULT.withMaxAttempts(10_001),
            "maxAttempts must be 1..10000, was 10001"),
        row(
            () -> new RetryPolicy(1, Duration.ZERO, Duration.ofMillis(5), Set.of()),
            "initialBackoff must be 1 ms..10000 ms, was 0 ms"),
        row(
            () -> new RetryPolicy(1, Duration.ofMillis(9), Duration.ofMillis(5), Set.of()),
            "maxBackoff must be 9 ms..10000 ms, was 5 ms"),
        row(
            () -> RetryPolicy.DEFAULT.repeating(SideEffect.NEVER),
            "repeats must not contain NEVER: such commands are not repeated, was [NEVER]"),
        row(
            () -> MonitorConfig.builder().voters(new NodeAddress[0]),
            "voters must be 1..15, was 0"),
        row(
            () -> MonitorConfig.builder().voters("a:1", "a:1"),
            "voters must be different addresses, was [a:1, a:1]"),
        row(() -> MonitorConfig.builder().quorum(0), "quorum must be 1..15, was 0"),
        row(
            () -> MonitorConfig.builder().voters("a:1").quorum(2).build(),
            "quorum must be 1..1 (voters), was 2"),
        row(() -> MonitorConfig.builder().build(), "voters must be set: 1..15 addresses, was none"),
        row(
            () -> MonitorConfig.builder().voters("a:1").listen("b:1").build(),
            "listen must be one of the voters [a:1], was b:1"),
        row(
            () -> MonitorConfig.builder().voters("a:1").stateDirectory(Path.of("x")).build(),
            "stateDirectory must be set together with listen (an observer keeps no state), was x"),
        row(() -> MonitorConfig.builder().parallelSyncs(0), "parallelSyncs must be 1..100, was 0"),
        row(
            () -> MonitorConfig.builder().downAfter(Duration.ofMillis(1)),
            "downAfter must be 100 ms..3600000 ms, was 1 ms"),
        row(
            () -> MonitorConfig.builder().failoverTimeout(Duration.ZERO),
            "failoverTimeout must be 1000 ms..86400000 ms, was 0 ms"),
        row(
            () -> ListenerConfig.builder().maxClients(10_001),
            "maxClients must be 1..10000, was 10001"),
        row(
            () -> ListenerConfig.builder().requirePass(""),
            "requirePass must be 1 or more characters (not set: no password), was empty"),
        row(
            () -> ListenerConfig.builder().aclFile(Path.of("f")).requirePass("secret").build(),
            "aclFile must not be set together with users or requirePass, was f"),
        row(
            () -> new PubSubBuffer(1024, 2048, Duration.ZERO),
            "softBytes must be 1024..1024, was 2048"),
        row(
            () -> RedisFailover.builder().sentinels(new NodeAddress[0]),
            "sentinels must be 1..15 addresses, was 0"),
        row(
            () -> RedisFailover.builder().sentinels("a:1", "a:1"),
            "sentinels must be different addresses, was [a:1, a:1]"),
        row(
            () -> RedisFailover.builder().staticNodes().build(),
            "nodes must be set: 1..100 addresses, was none"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("builders")
  void aWrongValueOfABuilder(ThrowingCallable call, String message) {
    refuses(call, message);
  }

  static Stream<Arguments> relations() {
    return Stream.of(
        row("monitors must be set when quorum is: 1..15 addresses, was none", "quorum=2"),
        row("quorum must be 1..1 (voters), was 2", "monitors=a:1", "quorum=2"),
        row("zones must be set when zone is, was not set", "staticNodes=true", "zone=a"),
        row(
            "zone must be the only preference for near nodes, was set together with readFrom"
                + " ANY;subnet=10.0.0.0/8",
            "staticNodes=true",
            "readFrom=any;subnet=10.0.0.0/8",
            "zone=a",
            "zones=h:1=a"),
        row(
            "sentinels must be set when sentinelPassword is, was not set",
            "staticNodes=true",
            "sentinelPassword=p"),
        row(
            "listener.tls.port must be set when listener.tls.clients is, was not set",
            "monitors=a:1",
            "listener.tls.clients=required"),
        row(
            "listener.tls.keyStore must be set when listener.tls.port is, was not set",
            "monitors=a:1",
            "listener.tls.port=1"),
        row(
            "voterTls.keyStore must be set when voterTls.keyStorePassword is, was not set",
            "monitors=a:1",
            "voterTls.keyStorePassword=secret"),
        row(
            "voterTls.keyStore and voterTls.trustStore must be stores that can be read with their"
                + " passwords, was pom.xml and null",
            "monitors=a:1",
            "voterTls.keyStore=pom.xml"),
        row(
            "keyStore and trustStore must be stores that can be read with their passwords, was null"
                + " and pom.xml",
            "staticNodes=true",
            "tls=true",
            "trustStore=pom.xml"),
        row("password must be set when user is, was not set", "staticNodes=true", "user=u"),
        row(
            "sentinelPassword must be set when sentinelUser is, was not set",
            "sentinels=a:1",
            "sentinelUser=u"),
        row(
            "trustStore must be set when trustStorePassword is, was not set",
            "staticNodes=true",
            "trustStorePassword=secret"),
        row(
            "tls or sentinelTls must be set when tlsVerify is, was not set",
            "staticNodes=true",
            "tlsVerify=ca"),
        row(
            "retry.maxBackoff must be retry.initialBackoff or longer, 1000 ms, was 200 ms",
            "staticNodes=true",
            "retry.initialBackoff=1s"),
        row(
            "exactly one of monitor(MonitorConfig), monitor(EmbeddedMonitor), monitors by name,"
                + " sentinels, staticNodes and source(TopologySource) must be set, was [monitors by"
                + " name, staticNodes]",
            "monitors=a:1",
            "staticNodes=true"));
  }

  private static Arguments row(ThrowingCallable call, String message) {
    return Arguments.of(call, message);
  }

  private static Arguments row(String message, String... settings) {
    return Arguments.of(List.of(settings), message);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("relations")
  void settingsThatDoNotGoTogether(List<String> settings, String message) {
    Map<String, String> map = new HashMap<>();
    settings.forEach(s -> map.put(s.split("=", 2)[0], s.split("=", 2)[1]));
    refuses(() -> RedisFailover.builder().nodes("h:1").settings(map).build(), message);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
      redis://h:1 | the URI must start with redis+failover:// or rediss+failover://, was redis://
      h:1 | the URI must start with redis+failover:// or rediss+failover://
      redis+failover://h:x | the URI must have host or host:port as each node, node 1 is neither (it may be a part of the password: a user or password with one of @ : / ? # % must be percent-encoded)
      redis+failover://h:0 | nodes: port must be 1..65535, was 0
      redis+failover://h/one | the URI must have a database number or nothing after the nodes and /, was something else (hidden, it may be a part of the password: a user or password with one of @ : / ? # % must be percent-encoded)
      redis+failover://h/0?readFrom | the URI must have name=value after the ? and each &, one is not (hidden)
      redis+failover://h/0?readFrom=any&readFrom=any | readFrom must be given once in the URI, was given twice
      redis+failover://h/0?database=1 | database must be given once in the URI, was given twice
      redis+failover://h/0?nodes=g:1 | nodes must be given once in the URI, was given twice
      redis+failover://h/0?readFrom=%4 | readFrom in the URI must have two hexadecimal digits after each %
      redis+failover://h/0?readForm=any | unknown setting 'readForm', did you mean 'readFrom'?
      redis+failover://h/0?quorum=0 | quorum must be 1..15, was 0
      """)
  void aWrongUri(String uri, String message) {
    refuses(() -> RedisFailover.builder().uri(uri), message);
  }

  /** Also where somebody forgot to encode it. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "redis+failover://u:hemlich@h:x",
    "redis+failover://u:hem/lich@h:1",
    "redis+failover://u:hem?lich@h:1",
    "redis+failover://u:hem?lich=1@h:1",
    "redis+failover://u:hem#lich@h:1",
    "redis+failover://u:hem:lich@h:1",
    "redis+failover://u:hem@lich@h:1",
    "redis+failover://u:hem%lich@h:1",
    "redis+failover://u:hemlich",
    "redis+failover://u:hemlich@h:1?readFrom=no",
    "redis://u:hemlich@h:1",
    "u:hemlich@h:1"
  })
  void noMessageShowsAPassword(String uri) {
    assertThatThrownBy(() -> RedisFailover.builder().uri(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(e -> shows(e, "hem"))
        .satisfies(e -> shows(e, "lich"));
  }

  private static void shows(Throwable failure, String secret) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      assertThat(String.valueOf(t.getMessage())).doesNotContain(secret);
    }
  }

  @Test
  void aBuilderShowsNoPassword() {
    assertThat(
            RedisFailover.builder().settings(Map.of("password", "hemlich", "user", "u")).toString())
        .doesNotContain("hemlich");
  }

  @Test
  void aNameMustHaveAValueAndStandOnce() {
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("readFrom", null);
    refuses(
        () -> RedisFailover.builder().settings(nothing), "readFrom must have a value, was null");
    Map<String, Object> twice = new HashMap<>();
    twice.put("retry.maxAttempts", 1);
    twice.put("retry", Map.of("maxAttempts", 2));
    refuses(
        () -> RedisFailover.builder().settings(twice),
        "retry.maxAttempts must be given once, was given twice");
  }

  @Test
  void propertiesAreTakenByTheirPrefix() {
    Properties defaults = new Properties();
    defaults.setProperty("redis.quorum", "77");
    Properties properties = new Properties(defaults);
    properties.setProperty("other.thing", "x");
    refuses(
        () -> RedisFailover.builder().settings(properties, "redis."),
        "quorum must be 1..15, was 77");
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
