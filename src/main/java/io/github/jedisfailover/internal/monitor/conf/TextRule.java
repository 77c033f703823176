package io.github.jedisfailover.internal.monitor.conf;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Redis demands of some texts. */
enum TextRule {
  ANY {
    @Override
    Optional<String> wrong(String text) {
      return Optional.empty();
    }
  },
  DB_FILE_NAME {
    @Override
    Optional<String> wrong(String text) {
      return path(text)
          ? Optional.of("dbfilename can't be a path, just a filename")
          : Optional.empty();
    }
  },
  AOF_FILE_NAME {
    @Override
    Optional<String> wrong(String text) {
      if (text.isEmpty()) {
        return Optional.of("appendfilename can't be empty");
      }
      return path(text)
          ? Optional.of("appendfilename can't be a path, just a filename")
          : Optional.empty();
    }
  },
  AOF_DIRECTORY {
    @Override
    Optional<String> wrong(String text) {
      if (text.isEmpty()) {
        return Optional.of("appenddirname can't be empty");
      }
      return path(text)
          ? Optional.of("appenddirname can't be a path, just a dirname")
          : Optional.empty();
    }
  },
  HOST_NAME {
    @Override
    Optional<String> wrong(String text) {
      if (text.length() >= 256) {
        return Optional.of("Hostnames must be less than 256 characters");
      }
      return text.matches("[A-Za-z0-9.-]*")
          ? Optional.empty()
          : Optional.of("Hostnames may only contain alphanumeric characters, hyphens or dots");
    }
  },
  PROCESS_TITLE {
    @Override
    Optional<String> wrong(String text) {
      return titleMakesSense(text)
          ? Optional.empty()
          : Optional.of("template format is invalid or contains unknown variables");
    }
  };

  private static final Pattern VARIABLE = Pattern.compile("\\{\\{|\\{([^}]*)}|\\{|[^{]+");
  private static final Set<String> VARIABLES =
      Set.of(
          "title", "listen-addr", "server-mode", "port", "tls-port", "unixsocket", "config-file");

  /** The message for a text that breaks the rule. */
  abstract Optional<String> wrong(String text);

  static TextRule of(String option) {
    return switch (option) {
      case "dbfilename" -> DB_FILE_NAME;
      case "appendfilename" -> AOF_FILE_NAME;
      case "appenddirname" -> AOF_DIRECTORY;
      case "cluster-announce-hostname" -> HOST_NAME;
      case "proc-title-template" -> PROCESS_TITLE;
      default -> ANY;
    };
  }

  private static boolean path(String text) {
    return text.indexOf('/') >= 0 || text.indexOf('\\') >= 0;
  }

  /** What the text becomes must not be empty; two variables are, while the file is read. */
  private static boolean titleMakesSense(String text) {
    Matcher parts = VARIABLE.matcher(text);
    boolean shows = false;
    while (parts.find()) {
      String part = parts.group();
      boolean variable = part.startsWith("{") && !part.equals("{{");
      if (variable && !VARIABLES.contains(String.valueOf(parts.group(1)))) {
        return false;
      }
      shows |= !part.isBlank() && !part.equals("{title}") && !part.equals("{unixsocket}");
    }
    return shows;
  }
}
