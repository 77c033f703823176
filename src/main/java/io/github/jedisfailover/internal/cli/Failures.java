package io.github.jedisfailover.internal.cli;

import io.github.jedisfailover.exceptions.SwitchoverFailedException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import redis.clients.jedis.exceptions.JedisException;

/** What a failure is to the caller: a status, and a line that tells why. */
final class Failures {
  private Failures() {}

  static int usage(ParameterException e) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    err.println(e.getMessage());
    err.println("'" + line.getCommandSpec().qualifiedName() + " --help' shows what there is.");
    err.flush();
    return Exit.USAGE;
  }

  static int tell(Exception e, CommandLine line, ParseResult parsed) {
    int status = status(e);
    String message = String.valueOf(e.getMessage());
    if (json(parsed)) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("command", line.getCommandName());
      error.put("error", message);
      error.put("status", status);
      line.getOut().println(Json.text(error));
    } else if (status == Exit.DEFECT) {
      e.printStackTrace(line.getErr());
    } else {
      line.getErr().println(Wrapped.text(message, "", ""));
    }
    line.getOut().flush();
    line.getErr().flush();
    return status;
  }

  private static boolean json(ParseResult parsed) {
    return parsed.hasSubcommand() && parsed.subcommand().hasMatchedOption("--json");
  }

  private static int status(Exception e) {
    if (e instanceof ExitException known) {
      return known.status();
    }
    if (e instanceof SwitchoverFailedException) {
      return Exit.REFUSED;
    }
    if (e instanceof JedisException) {
      return Exit.UNREACHABLE;
    }
    return e instanceof IllegalArgumentException ? Exit.USAGE : Exit.DEFECT;
  }
}
