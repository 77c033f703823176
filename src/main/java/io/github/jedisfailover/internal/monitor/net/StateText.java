package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.PersistentState;
import io.github.jedisfailover.topology.NodeAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The stored state in the words of {@code sentinel.conf}, between a first line that names the
 * format and a last one with a checksum: a file cut short anywhere is noticed.
 */
final class StateText {
  private static final String FIRST = "# jedis-failover monitor state 1";
  private static final String LAST = "# crc32 ";

  private StateText() {}

  /** The text is not what {@link #encode} writes. */
  static final class BadStateException extends Exception {
    private static final long serialVersionUID = 1L;

    BadStateException(int line, String reason) {
      super("line " + line + ": " + reason);
    }
  }

  static String encode(PersistentState state) {
    StringBuilder text = new StringBuilder(FIRST).append('\n');
    line(text, "myid", state.myId());
    line(text, "current-epoch", state.currentEpoch());
    for (PersistentState.Group group : state.groups()) {
      line(text, "monitor", group.name(), group.master().host(), group.master().port());
      line(text, "config-epoch", group.name(), group.configEpoch());
      line(text, "leader-epoch", group.name(), group.leaderEpoch());
      for (NodeAddress replica : group.replicas()) {
        line(text, "known-replica", group.name(), replica.host(), replica.port());
      }
      for (PersistentState.KnownPeer peer : group.peers()) {
        NodeAddress address = peer.address();
        line(text, "known-sentinel", group.name(), address.host(), address.port(), peer.id());
      }
    }
    return text + LAST + checksum(text.toString()) + "\n";
  }

  private static void line(StringBuilder text, String option, Object... values) {
    text.append("sentinel ").append(option);
    for (Object value : values) {
      text.append(' ').append(value);
    }
    text.append('\n');
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }

  static PersistentState decode(String text) throws BadStateException {
    List<String> lines = List.of(text.split("\n", -1));
    if (!lines.get(0).equals(FIRST)) {
      throw new BadStateException(1, "expected '" + FIRST + "'");
    }
    int last = lines.size() - 2;
    if (last < 1 || !lines.get(last + 1).isEmpty() || !lines.get(last).startsWith(LAST)) {
      throw new BadStateException(
          Math.max(1, lines.size() - 1), "the last line is missing, the file is cut short");
    }
    String body = text.substring(0, text.lastIndexOf(LAST));
    if (!lines.get(last).equals(LAST + checksum(body))) {
      throw new BadStateException(last + 1, "the checksum does not match the content");
    }
    Reader reader = new Reader();
    for (int i = 1; i < last; i++) {
      reader.read(i + 1, lines.get(i));
    }
    return reader.state(last + 1);
  }

  /** Collects the lines; those of a group follow its {@code monitor} line. */
  private static final class Reader {
    private final Map<String, GroupLines> groups = new LinkedHashMap<>();
    private String myId;
    private long currentEpoch = -1;

    void read(int number, String line) throws BadStateException {
      String[] word = line.split(" ");
      try {
        if (word.length < 3 || !word[0].equals("sentinel") || !known(word)) {
          throw new BadStateException(number, "unknown line '" + line + "'");
        }
      } catch (IllegalArgumentException e) {
        throw new BadStateException(number, e.getMessage() + " in '" + line + "'");
      }
    }

    private boolean known(String[] word) {
      String option = word[1] + "/" + word.length;
      switch (option) {
        case "myid/3" -> myId = word[2];
        case "current-epoch/3" -> currentEpoch = Long.parseLong(word[2]);
        case "monitor/5" -> groups.put(word[2], new GroupLines(address(word[3], word[4])));
        default -> {
          GroupLines group = groups.get(word[2]);
          return group != null && group.known(option, word);
        }
      }
      return true;
    }

    PersistentState state(int end) throws BadStateException {
      if (myId == null || currentEpoch < 0) {
        throw new BadStateException(end, "myid or current-epoch is missing");
      }
      List<PersistentState.Group> all = new ArrayList<>();
      groups.forEach((name, lines) -> all.add(lines.group(name)));
      return new PersistentState(myId, currentEpoch, all);
    }
  }

  private static NodeAddress address(String host, String port) {
    return new NodeAddress(host, Integer.parseInt(port));
  }

  private static final class GroupLines {
    private final NodeAddress master;
    private final List<NodeAddress> replicas = new ArrayList<>();
    private final List<PersistentState.KnownPeer> peers = new ArrayList<>();
    private long configEpoch;
    private long leaderEpoch;

    GroupLines(NodeAddress master) {
      this.master = master;
    }

    boolean known(String option, String[] word) {
      switch (option) {
        case "config-epoch/4" -> configEpoch = Long.parseLong(word[3]);
        case "leader-epoch/4" -> leaderEpoch = Long.parseLong(word[3]);
        case "known-replica/5" -> replicas.add(address(word[3], word[4]));
        case "known-sentinel/6" ->
            peers.add(new PersistentState.KnownPeer(address(word[3], word[4]), word[5]));
        default -> {
          return false;
        }
      }
      return true;
    }

    PersistentState.Group group(String name) {
      return new PersistentState.Group(name, master, configEpoch, leaderEpoch, replicas, peers);
    }
  }
}
