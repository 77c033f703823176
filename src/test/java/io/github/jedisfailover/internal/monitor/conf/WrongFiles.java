package io.github.jedisfailover.internal.monitor.conf;

import java.util.stream.Stream;

/** Config files that nobody should start with, and what is wrong with them. */
public final class WrongFiles {
  private static final String MONITOR = "sentinel monitor main 127.0.0.1 6379 2\n";

  private WrongFiles() {}

  /**
   * A wrong file.
   *
   * @param text its content
   * @param line the number of the wrong line, 0 for none
   * @param reason the last line of the error
   */
  public record Wrong(String text, int line, String reason) {
    @Override
    public String toString() {
      return text.replace("\n", " | ");
    }
  }

  public static Stream<Wrong> all() {
    String noMaster = "No such master with specified name.";
    String unknown = "Unrecognized sentinel configuration statement.";
    String bad = "Bad directive or wrong number of arguments";
    String quotes = "Unbalanced quotes in configuration line";
    String time = "negative or zero time parameter.";
    String port = "Invalid port number.";
    String host = "Can't resolve instance hostname.";
    String id = "a".repeat(40);
    return Stream.of(
        after("sentinel monitor other 127.0.0.1 6379 0", "Quorum must be 1 or greater."),
        after("sentinel monitor other 127.0.0.1 6379 two", "Quorum must be 1 or greater."),
        after("sentinel monitor other nosuchhost 6379 0", "Quorum must be 1 or greater."),
        after("sentinel monitor other 127.0.0.1 65536 1", port),
        after("sentinel monitor other nosuchhost -1 1", port),
        after("sentinel monitor other no.such.host 6379 1", host),
        after("sentinel monitor other \"\" 6379 1", host),
        after("sentinel monitor other 1.2.3.256 6379 1", host),
        after("sentinel monitor other 1:2:3:4:5:6:7:8:9 6379 1", host),
        after("  sentinel monitor main 127.0.0.2 6380 1\t", "Duplicate master name."),
        after("sentinel monitor main 127.0.0.1 6379", unknown),
        after("sentinel monitor main 127.0.0.1 6379 2 3", unknown),
        after("sentinel down-after-milliseconds other 5000", noMaster),
        after("sentinel down-after-milliseconds Main 5000", noMaster),
        after("sentinel down-after-milliseconds main 0", time),
        after("sentinel down-after-milliseconds main -1", time),
        after("sentinel down-after-milliseconds main soon", time),
        after("sentinel down-after-milliseconds main 3000000000", time),
        after("sentinel down-after-milliseconds main", unknown),
        after("sentinel failover-timeout main 0", time),
        after("sentinel failover-timeout other 1", noMaster),
        after("sentinel parallel-syncs other 1", noMaster),
        after("sentinel parallel-syncs main 1 2", unknown),
        after("sentinel notification-script other /bin/sh", noMaster),
        after(
            "sentinel notification-script main /no/such/script",
            "Notification script seems non existing or non executable."),
        after(
            "sentinel notification-script main wrong.conf",
            "Notification script seems non existing or non executable."),
        after(
            "sentinel client-reconfig-script main ''",
            "Client reconfiguration script seems non existing or non executable."),
        after("sentinel client-reconfig-script other ''", noMaster),
        after("sentinel auth-pass other x", noMaster),
        after("sentinel auth-pass main a b", unknown),
        after("sentinel auth-user other x", noMaster),
        after("sentinel config-epoch other 1", noMaster),
        after("sentinel leader-epoch other 1", noMaster),
        after("sentinel known-replica other 127.0.0.1 1", noMaster),
        after("sentinel known-slave main 127.0.0.1 70000", port),
        after("sentinel known-replica main nosuchhost 1", host),
        after("sentinel known-sentinel other 127.0.0.1 1 " + id, noMaster),
        after("sentinel known-sentinel main 127.0.0.1 -1 " + id, port),
        after("sentinel known-sentinel main", unknown),
        after("sentinel rename-command other a b", noMaster),
        after("sentinel rename-command main a", unknown),
        after("sentinel master-reboot-down-after-period main -5", "negative time parameter."),
        after("sentinel master-reboot-down-after-period other 5", noMaster),
        after("sentinel myid 1234", "Malformed Sentinel id in myid option."),
        after("sentinel myid", unknown),
        after(
            "sentinel deny-scripts-reconfig maybe",
            "Please specify yes or no for the deny-scripts-reconfig options."),
        after(
            "sentinel resolve-hostnames 1",
            "Please specify yes or no for the resolve-hostnames option."),
        after(
            "sentinel announce-hostnames ''",
            "Please specify yes or no for the announce-hostnames option."),
        after("sentinel announce-ip 1 2", unknown),
        after("sentinel quorum main 2", unknown),
        after("sentinel \"\" main 2", unknown),
        after("sentinel monitor \"main 127.0.0.1 6379 2", quotes),
        after("sentinel auth-pass main \"a\"b", quotes),
        after("sentinel auth-pass main 'a", quotes),
        after("replica-of 127.0.0.1 6379", bad),
        after("rename-command ping", bad),
        after("rename-command get x", "No such command in rename-command"),
        after("rename-command PING role", "Target command name already exists"),
        after("include", bad),
        after("user", bad),
        after("a.module", "Module config specified without value"),
        after("port", "wrong number of arguments"),
        after("port 1 2", "wrong number of arguments"),
        after("port 65536", "argument must be between 0 and 65535 inclusive"),
        after("port 0x10", "argument couldn't be parsed into an integer"),
        after("daemonize perhaps", "argument must be 'yes' or 'no'"),
        after(
            "loglevel loud",
            "argument(s) must be one of the following: debug, verbose, notice, warning"),
        after("dir /no/such/directory", "No such file or directory"),
        after("dir wrong.conf", "Not a directory"),
        after("user bob on >x >y ~a* foo", "Error in user declaration '>y': Syntax error"),
        after(
            "user bob #abc",
            "Error in user declaration 'user': The password hash must be exactly 64 characters and"
                + " contain only lowercase hexadecimal characters"),
        after(
            "user bob allkeys ~a",
            "Error in user declaration 'bob': Adding a pattern after the * pattern (or the"
                + " 'allkeys' flag) is not valid and does not have any effect. Try 'resetkeys' to"
                + " start with an empty list of patterns"),
        after(
            "user bob on <gone",
            "Error in user declaration 'bob': The password you are trying to remove from the user"
                + " does not exist"),
        after(
            "user bob on (~a +x",
            "Error in user declaration 'bob': Unknown command or category name in ACL"),
        after("user bob on (~a foo)", "Error in user declaration 'bob': Syntax error"),
        after("user bob on %RR~a", "Error in user declaration 'bob': Syntax error"),
        after("user bob on %~a", "Error in user declaration 'bob': Syntax error"),
        after("user bob on \"&a b\"", "Error in user declaration 'bob': Syntax error"),
        after("user bob on +PING|", "Error in user declaration 'bob': Syntax error"),
        after(
            "user bob +client|list|x",
            "Error in user declaration 'user': Allowing first-arg of a subcommand is not"
                + " supported"),
        after(
            "user bob on &* &a",
            "Error in user declaration 'on': Adding a pattern after the * pattern (or the"
                + " 'allchannels' flag) is not valid and does not have any effect. Try"
                + " 'resetchannels' to start with an empty list of channels"),
        // Rules that the reader takes; the line after them is the wrong one.
        new Wrong(
            "user bob %RW~a %w~b ~* resetkeys ~c allchannels reset &d +@nosuch -nosuch >a <a\n"
                + "user eve nopass clearselectors (%R~a +get|x) () sanitize-payload \"\"\n"
                + "sentinel\nmodule.x y\nlua-replicate-commands no\nnonsense\n",
            6, bad),
        new Wrong(
            "user bob on\nuser bob off\n",
            2,
            "Error in user declaration 'bob': Duplicate user found. A user can only be defined once"
                + " in config files"),
        new Wrong(
            MONITOR + "sentinel rename-command main get a\nsentinel rename-command main GET b\n",
            3,
            "Same command renamed multiple times with rename-command."),
        new Wrong(
            MONITOR + "sentinel known-slave main ::1 1\nsentinel known-replica main 0:0::1 1\n",
            3,
            "Duplicate hostname and port for replica."),
        new Wrong(
            MONITOR + ("sentinel known-sentinel main 127.0.0.1 1 " + id + "\n").repeat(2),
            3,
            "Duplicate runid for sentinel."),
        // Passes: the first pass' fault is found before one that stands above it.
        new Wrong(
            "sentinel quorum x\nsentinel monitor x y z 1\nsentinel myid 1\n",
            3,
            "Malformed Sentinel id in myid option."),
        new Wrong("sentinel quorum x\nsentinel monitor x y z 1\n", 2, host),
        // Plain options come before all of them.
        new Wrong(
            "sentinel myid 1\n\n\r\n# c\ntimeout x\n",
            5,
            "argument couldn't be parsed into an integer"),
        new Wrong(
            "logfile /no/such/directory/log\n",
            0,
            "Can't open the log file: No such file or directory"),
        new Wrong(
            "cluster-enabled yes\nreplicaof 127.0.0.1 1\n",
            0,
            "replicaof directive not allowed in cluster mode"));
  }

  private static Wrong after(String line, String reason) {
    return new Wrong(MONITOR + line + "\n", 2, reason);
  }
}
