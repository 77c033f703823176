package io.github.jedisfailover.samples.demo;

/**
 * What the command line asks for.
 *
 * @param downAfterMillis silence after which a monitor calls a node down
 * @param fault what happens to the master
 * @param runs how often, each time with fresh servers
 * @param quick leave out the loss of a replica and shorten the rest
 */
record Options(long downAfterMillis, Fault fault, int runs, boolean quick) {
  static final String USAGE =
      """
      options: --down-after-ms N    silence until a node counts as down (default 1000)
               --fault kill|stop    SIGKILL, or SIGSTOP for 10 s and then SIGCONT (default kill)
               --runs N             repeat with fresh servers, print each and the median (default 1)
               --quick              without the loss of a replica
      """;

  enum Fault {
    KILL("SIGKILL"),
    STOP("SIGSTOP");

    final String signal;

    Fault(String signal) {
      this.signal = signal;
    }
  }

  static Options parse(String[] args) {
    long downAfter = 1_000;
    Fault fault = Fault.KILL;
    int runs = 1;
    boolean quick = false;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--down-after-ms" -> downAfter = number(args, ++i, 100, 60_000);
        case "--runs" -> runs = (int) number(args, ++i, 1, 1_000);
        case "--fault" -> fault = fault(args, ++i);
        case "--quick" -> quick = true;
        default -> throw new IllegalArgumentException("unknown option " + args[i]);
      }
    }
    return new Options(downAfter, fault, runs, quick);
  }

  private static Fault fault(String[] args, int i) {
    String text = i < args.length ? args[i] : "";
    return switch (text) {
      case "kill" -> Fault.KILL;
      case "stop" -> Fault.STOP;
      default -> throw new IllegalArgumentException("--fault must be kill or stop, was " + text);
    };
  }

  private static long number(String[] args, int i, long min, long max) {
    String text = i < args.length ? args[i] : "";
    try {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw outOfRange(args[i - 1], min, max, text);
    }
    throw outOfRange(args[i - 1], min, max, text);
  }

  private static RuntimeException outOfRange(String option, long min, long max, String text) {
    return new IllegalArgumentException(
        option + " must be " + min + ".." + max + ", was '" + text + "'");
  }
}
