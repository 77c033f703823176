package io.github.jedisfailover.internal.monitor.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.List;

/** A monitor of one group with two replicas, one of them hidden, and another voter. */
final class KnownServer implements ServerContext {
  static final String ID = "f71a0ce6dcdb19edc3669b52448d0035ecfadd39";
  static final NodeAddress MASTER = new NodeAddress("127.0.0.1", 7000);

  final KnownUsers access = new KnownUsers();
  final KnownClients clients = new KnownClients();
  int quorum = 2;
  boolean peerDown;
  private final CommandTable table = new CommandTable();

  private static CoreView.Instance instance(String name, int port, String flags, long sDown) {
    NodeAddress address = new NodeAddress("127.0.0.1", port);
    return new CoreView.Instance(name, address, "run", flags, 0, 0, 10, 10, sDown, -1, 1000);
  }

  @Override
  public CoreView view() {
    CoreView.RedisPart redis = new CoreView.RedisPart(5, "master", 100);
    CoreView.Replica replica =
        new CoreView.Replica(
            instance("127.0.0.1:7001", 7001, "slave", -1),
            new CoreView.RedisPart(5, "slave", 100, "text"),
            0,
            true,
            MASTER,
            100,
            42,
            true);
    CoreView.Replica hidden =
        new CoreView.Replica(
            instance("127.0.0.1:7002", 7002, "slave", -1), redis, 0, true, MASTER, 100, 42, false);
    CoreView.Peer peer =
        new CoreView.Peer(instance(ID, 26380, "sentinel", peerDown ? 5 : -1), 3, null, 0);
    CoreView.Master master =
        new CoreView.Master(
            instance("mymaster", 7000, "master", -1),
            new NodeAddress("127.0.0.1", 7001),
            null,
            redis,
            7,
            quorum,
            180_000,
            1,
            List.of(replica, hidden),
            List.of(peer));
    return new CoreView(ID, 7, false, 0, true, List.of(master));
  }

  @Override
  public ClientDirectory clients() {
    return clients;
  }

  @Override
  public AccessControl access() {
    return access;
  }

  @Override
  public boolean isExecutable(String path) {
    return path.equals("/ok");
  }

  @Override
  public ServerFacts facts() {
    return new ServerFacts(
        "r".repeat(40), 1, 26379, "os", "x", "", 9, 90_000, 1, 256, 2, 3, 0, 0, 0, 0.5);
  }

  Served serve(ClientState client, String line) {
    return table.serve(List.of(line.split(" ")), client, this);
  }

  String reply(String line) {
    return text((Served.Answer) serve(ClientState.fresh(9), line));
  }

  static String text(Served.Answer answer) {
    return new String(answer.reply().encode(answer.after().resp3()), ISO_8859_1)
        .replace("\r\n", "|");
  }
}
