package io.github.jedisfailover.internal.cli;

import io.github.jedisfailover.testing.RedisGroup;
import io.github.jedisfailover.testing.RedisNode;
import io.github.jedisfailover.topology.NodeAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The page of the command line. */
final class Page {
  private static final String PROGRAM = "jedis-failover ";

  private Page() {}

  static List<String> lines() {
    try {
      return Files.readAllLines(Path.of("src/site/markdown/command-line.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The calls below these headings; those that never end are left out. */
  static List<String> examples(String... headings) {
    List<String> examples = new ArrayList<>();
    boolean in = false;
    for (String line : lines()) {
      if (line.startsWith("## ")) {
        in = Arrays.asList(headings).contains(line.substring(3));
      } else if (in && line.startsWith(PROGRAM) && !line.contains("--watch")) {
        examples.add(line);
      }
    }
    if (examples.isEmpty()) {
      throw new IllegalStateException("no example below " + Arrays.toString(headings));
    }
    return examples;
  }

  /**
   * With the addresses of real servers: 10.0.0.1 is the master, 10.0.1.1 the first monitor.
   *
   * @return the arguments
   */
  static String[] words(String example, RedisGroup group, List<NodeAddress> monitors) {
    String line = example.substring(PROGRAM.length()).replaceFirst(" +#.*", "");
    List<RedisNode> nodes = new ArrayList<>(List.of(group.master()));
    nodes.addAll(group.replicas());
    for (int i = 0; i < nodes.size(); i++) {
      line = line.replace("10.0.0." + (i + 1) + ":6379", nodes.get(i).toString());
    }
    for (int i = 0; i < monitors.size(); i++) {
      line = line.replace("10.0.1." + (i + 1) + ":26379", monitors.get(i).toString());
    }
    return line.trim().split(" +");
  }
}
