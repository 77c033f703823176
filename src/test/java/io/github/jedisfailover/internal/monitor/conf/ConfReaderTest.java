package io.github.jedisfailover.internal.monitor.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfReaderTest {
  private static final String MONITOR = "sentinel monitor m 10.0.0.1 6379 2\n";
  private static final String ID = "0123456789abcdef0123456789abcdef01234567";

  private static SentinelConf read(String text) throws ConfException {
    return ConfReader.read(text, "", new Host());
  }

  /** A system with one script, one name and a few files. */
  private static final class Host implements Surroundings {
    private final Map<String, List<String>> files = new HashMap<>();
    private String directory = "/home";

    @Override
    public Optional<String> enter(String next) {
      if (next.startsWith("/no/")) {
        return Optional.of("No such file or directory");
      }
      if (next.endsWith(".conf")) {
        return Optional.of("Not a directory");
      }
      directory = next;
      return Optional.empty();
    }

    @Override
    public String directory() {
      return directory;
    }

    @Override
    public boolean executable(String path) {
      return path.equals("/bin/script");
    }

    @Override
    public Optional<String> openLog(String path) {
      return path.startsWith("/no/") ? Optional.of("No such file or directory") : Optional.empty();
    }

    @Override
    public Optional<String> resolve(String host) {
      return host.equals("redis.local") ? Optional.of("10.0.0.7") : Optional.empty();
    }

    @Override
    public List<String> include(String pattern) throws IncludeFailed {
      if (!files.containsKey(pattern)) {
        throw new IncludeFailed("No such file or directory");
      }
      return files.get(pattern);
    }
  }

  @Test
  void anEmptyFileIsASentinelWithoutMasters() throws ConfException {
    SentinelConf conf = read("");
    assertThat(conf.global()).isEqualTo(GlobalSettings.DEFAULT);
    assertThat(conf.masters()).isEmpty();
    assertThat(conf.process().port()).isEqualTo(26379);
    assertThat(conf.process().tlsPort()).isZero();
    assertThat(conf.process().bind()).containsExactly("*", "-::*");
    assertThat(conf.process().dir()).contains("/home");
    assertThat(conf.process().logfile()).isEmpty();
    assertThat(conf.process().loglevel()).isEqualTo("notice");
    assertThat(conf.process().protectedMode()).isFalse();
    assertThat(conf.process().daemonize()).isFalse();
    assertThat(conf.process().pidfile()).isEmpty();
    assertThat(conf.process().requirepass()).isEmpty();
    assertThat(conf.process().aclfile()).isEmpty();
    assertThat(conf.process().maxclients()).isEqualTo(10_000);
    assertThat(conf.process().timeoutSeconds()).isZero();
    assertThat(conf.process().tcpKeepaliveSeconds()).isEqualTo(300);
    assertThat(conf.process().users()).isEmpty();
  }

  @Test
  void aMasterHasSentinelsDefaults() throws ConfException {
    MasterConf master = read(MONITOR).masters().get(0);
    assertThat(master).isEqualTo(MasterConf.monitor("m", ConfAddress.of("10.0.0.1", 6379), 2));
    assertThat(master.options().downAfterMillis()).isEqualTo(30_000);
    assertThat(master.options().failoverTimeoutMillis()).isEqualTo(180_000);
    assertThat(master.options().parallelSyncs()).isEqualTo(1);
    assertThat(master.options().rebootDownAfterMillis()).isZero();
    assertThat(master.memory()).isEqualTo(MasterConf.Memory.NONE);
  }

  static Stream<Object[]> masterLines() {
    return Stream.of(
        line("down-after-milliseconds m 5000", m -> m.options().downAfterMillis(), 5000L),
        line("DOWN-After-Milliseconds m 12x", m -> m.options().downAfterMillis(), 12L),
        line("failover-timeout m 7", m -> m.options().failoverTimeoutMillis(), 7L),
        line("parallel-syncs m -3", m -> m.options().parallelSyncs(), -3),
        line("parallel-syncs m many", m -> m.options().parallelSyncs(), 0),
        line(
            "notification-script m /bin/script",
            m -> m.options().notificationScript(),
            Optional.of("/bin/script")),
        line(
            "client-reconfig-script m /bin/script",
            m -> m.options().reconfigScript(),
            Optional.of("/bin/script")),
        line("auth-pass m \"a b\"", m -> m.options().authPass(), Optional.of("a b")),
        line("auth-pass m ''", m -> m.options().authPass(), Optional.of("")),
        line("auth-user m bob", m -> m.options().authUser(), Optional.of("bob")),
        line("master-reboot-down-after-period m 0", m -> m.options().rebootDownAfterMillis(), 0L),
        line("master-reboot-down-after-period m 90", m -> m.options().rebootDownAfterMillis(), 90L),
        line("config-epoch m 18446744073709551615", m -> m.memory().configEpoch(), -1L),
        line("leader-epoch m 4", m -> m.memory().leaderEpoch(), 4L),
        line("leader-epoch m four", m -> m.memory().leaderEpoch(), 0L),
        line(
            "known-replica m ::1 0",
            m -> m.memory().replicas(),
            List.of(new ConfAddress("::1", "::1", 0))),
        line(
            "known-slave m 127.1 x",
            m -> m.memory().replicas(),
            List.of(new ConfAddress("127.1", "127.0.0.1", 0))),
        line(
            "known-sentinel m 10.0.0.3 26379 " + ID,
            m -> m.memory().peers(),
            List.of(new MasterConf.Peer(ConfAddress.of("10.0.0.3", 26379), ID))),
        line("known-sentinel nobody 10.0.0.3 26379", m -> m.memory().peers(), List.of()),
        line(
            "rename-command m Config \"\"",
            m -> m.options().renamedCommands(),
            Map.of("Config", "")));
  }

  private static Object[] line(String text, Function<MasterConf, ?> part, Object value) {
    return new Object[] {text, part, value};
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("masterLines")
  void readsLinesOfAMasterBeforeAndAfterItsMonitorLine(
      String text, Function<MasterConf, ?> part, Object value) throws ConfException {
    String line = "sentinel " + text + "\n";
    assertThat(part.apply(read(MONITOR + line).masters().get(0))).isEqualTo(value);
    assertThat(part.apply(read(" SENTINEL\t" + text + "\r\n" + MONITOR).masters().get(0)))
        .isEqualTo(value);
  }

  static Stream<Object[]> globalLines() {
    return Stream.of(
        global("myid " + ID, GlobalSettings::myId, Optional.of(ID)),
        global("current-epoch 7", GlobalSettings::currentEpoch, 7L),
        global("announce-ip 1.2.3.4", GlobalSettings::announceIp, Optional.of("1.2.3.4")),
        global("announce-ip \"\"", GlobalSettings::announceIp, Optional.empty()),
        global("announce-port 12", GlobalSettings::announcePort, 12),
        global("announce-port x", GlobalSettings::announcePort, 0),
        global("deny-scripts-reconfig NO", GlobalSettings::denyScriptsReconfig, false),
        global("resolve-hostnames yes", GlobalSettings::resolveHostnames, true),
        global("announce-hostnames Yes", GlobalSettings::announceHostnames, true),
        global("sentinel-user u", GlobalSettings::sentinelUser, Optional.of("u")),
        global("sentinel-pass ''", GlobalSettings::sentinelPass, Optional.empty()),
        global("sentinel-pass p", GlobalSettings::sentinelPass, Optional.of("p")));
  }

  private static Object[] global(String text, Function<GlobalSettings, ?> part, Object value) {
    return new Object[] {text, part, value};
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("globalLines")
  void readsGlobalLines(String text, Function<GlobalSettings, ?> part, Object value)
      throws ConfException {
    assertThat(part.apply(read("sentinel " + text).global())).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"3, 5, 5", "5, 3, 5", "-1, 3, 18446744073709551615", "0, 0, 0"})
  void theCurrentEpochIsTheHighestButForVotes(String current, String config, String highest)
      throws ConfException {
    SentinelConf conf =
        read(
            MONITOR
                + "sentinel config-epoch m "
                + config
                + "\nsentinel leader-epoch m 99\nsentinel current-epoch "
                + current
                + "\nsentinel current-epoch 0\n");
    assertThat(Long.toUnsignedString(conf.global().currentEpoch())).isEqualTo(highest);
  }

  @Test
  void namesAreResolvedOnlyWhereThatIsOn() throws ConfException {
    String text = "sentinel monitor m redis.local 1 1\nsentinel known-replica m gone.local 2\n";
    MasterConf master = read(text + "sentinel resolve-hostnames yes").masters().get(0);
    assertThat(master.address()).isEqualTo(new ConfAddress("redis.local", "10.0.0.7", 1));
    assertThat(master.memory().replicas()).containsExactly(new ConfAddress("gone.local", "", 2));
    assertThat(catchThrowableOfType(ConfException.class, () -> read(text)).number()).isEqualTo(1);
  }

  @Test
  void readsPlainOptionsByAnyName() throws ConfException {
    SentinelConf conf =
        read(
            "PORT 5\nbind a b\nslave-priority 3\ndir /x\nlogfile log\nuser b on\n"
                + "tls-port 6\nrequirepass ''\nsupervised systemd\ntls-replication yes\n");
    assertThat(conf.process().port()).isEqualTo(5);
    assertThat(conf.process().tlsPort()).isEqualTo(6);
    assertThat(conf.process().bind()).containsExactly("a", "b");
    assertThat(conf.process().number("replica-priority")).isEqualTo(3);
    assertThat(conf.process().dir()).contains("/x");
    assertThat(conf.process().logfile()).contains("log");
    assertThat(conf.process().requirepass()).isEmpty();
    assertThat(conf.process().text("supervised")).contains("systemd");
    assertThat(conf.process().flag("tls-replication")).isTrue();
    assertThat(conf.process().users()).containsOnly(Map.entry("b", List.of("on")));
  }

  @Test
  void severalWordsMayComeAsOne() throws ConfException {
    assertThat(read("bind \"1 2\"").process().bind()).containsExactly("1", "2");
    assertThat(read("bind '1 \"2 3\"'").process().bind()).containsExactly("1", "2 3");
    assertThat(read("bind \"\"").process().bind()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'port 1', 3", "'port 1;', 4", "'', 3"})
  void overridesAreLinesAfterTheFile(String file, int line) throws ConfException {
    String text = file.replace(';', '\n');
    assertThat(ConfReader.read(text, "port \"2\" ", new Host()).process().port()).isEqualTo(2);
    ConfException e =
        catchThrowableOfType(
            ConfException.class,
            () -> ConfReader.read(text, "port \"2\" \ntimeout \"x\" ", new Host()));
    assertThat(e.number()).isEqualTo(line);
    assertThat(e.line()).isEqualTo("timeout \"x\"");
  }

  @ParameterizedTest
  @MethodSource("io.github.jedisfailover.internal.monitor.conf.WrongFiles#all")
  void refusesWrongFiles(WrongFiles.Wrong wrong) {
    ConfException e = catchThrowableOfType(ConfException.class, () -> read(wrong.text()));
    assertThat(e.number()).isEqualTo(wrong.line());
    assertThat(e.reason()).isEqualTo(wrong.reason());
    assertThat(e.line())
        .isEqualTo(wrong.line() == 0 ? "" : wrong.text().split("\n")[wrong.line() - 1].trim());
  }

  @Test
  void theErrorShowsTheLineAndItsMessageDoesNot() {
    ConfException e =
        catchThrowableOfType(
            ConfException.class, () -> read("# x\n  sentinel auth-pass m secret \n"));
    assertThat(e).hasMessage("line 2: No such master with specified name.");
    assertThat(e.render("7.0.15"))
        .isEqualTo(
            """

            *** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***
            Reading the configuration file, at line 2
            >>> 'sentinel auth-pass m secret'
            No such master with specified name.
            """);
    e = catchThrowableOfType(ConfException.class, () -> read("logfile /no/log"));
    assertThat(e.render("1"))
        .isEqualTo(
            "\n*** FATAL CONFIG FILE ERROR (Redis 1) ***\n"
                + "Can't open the log file: No such file or directory\n");
  }

  @Test
  void includedLinesCountFromTheirOwnFile() throws ConfException {
    Host host = new Host();
    host.files.put("more", List.of("\nport 7\n" + MONITOR, "timeout x"));
    host.files.put("good", List.of(MONITOR, "port 8"));
    SentinelConf conf = ConfReader.read("port 1\ninclude good\ntimeout 4", "", host);
    assertThat(conf.process().port()).isEqualTo(8);
    assertThat(conf.masters()).hasSize(1);
    ConfException e =
        catchThrowableOfType(
            ConfException.class, () -> ConfReader.read("#\n#\ninclude more", "", host));
    assertThat(e.number()).isEqualTo(1);
    assertThat(e.line()).isEqualTo("timeout x");
  }

  @Test
  void includesThatCannotBeReadOrNeverEndAreRefused() {
    Host host = new Host();
    host.files.put("loop", List.of("include loop"));
    assertThat(reason(host, "include gone"))
        .isEqualTo("Fatal error, can't open config file 'gone': No such file or directory");
    assertThat(reason(host, "include loop")).isEqualTo("more than 64 files include each other");
  }

  private static String reason(Host host, String text) {
    return catchThrowableOfType(ConfException.class, () -> ConfReader.read(text, "", host))
        .reason();
  }
}
