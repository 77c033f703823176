package io.github.jedisfailover.internal.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "jedis-failover",
    synopsisSubcommandLabel = "COMMAND",
    description = "Looks after a Redis master, its replicas and its monitors.",
    versionProvider = Main.Version.class,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit status:",
      "  0  done, or all is well",
      "  1  status, doctor: something is wrong or dangerous",
      "  2  the command line or a setting is wrong",
      "  3  no node or monitor can be reached, or none lets us in",
      "  4  switchover, promote: refused or given up, the reason is told",
      "  5  a defect of this program",
      "",
      "'jedis-failover COMMAND --help' shows options and examples."
    })
final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  public static void main(String[] arguments) {
    // Nobody configured a log: what matters is printed, and SLF4J need not say that it has none.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.exit(run(new Surroundings(Terminal.ofThisProcess(), System.getenv()), arguments));
  }

  /**
   * @return the exit status
   */
  static int run(Surroundings around, String... arguments) {
    CommandLine line = new CommandLine(new Main());
    line.addSubcommand(new StatusCommand(around));
    line.addSubcommand(new SwitchoverCommand(around));
    line.addSubcommand(new PromoteCommand(around));
    line.addSubcommand(new DoctorCommand(around));
    line.setOut(around.terminal().out());
    line.setErr(around.terminal().err());
    line.setColorScheme(CommandLine.Help.defaultColorScheme(around.terminal().ansi()));
    line.setUsageHelpWidth(Terminal.WIDTH);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((e, words) -> Failures.usage(e));
    line.setExecutionExceptionHandler(Failures::tell);
    return line.execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command must be given: status, switchover, promote or doctor");
  }

  /** From the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"jedis-failover " + (version == null ? "development" : version)};
    }
  }
}
