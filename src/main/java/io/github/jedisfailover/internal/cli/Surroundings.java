package io.github.jedisfailover.internal.cli;

import java.util.Map;

/** What a command has of its process. */
record Surroundings(Terminal terminal, Map<String, String> environment) {
  /** Without the environment, which has passwords. */
  @Override
  public String toString() {
    return "Surroundings";
  }
}
