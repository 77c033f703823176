package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.core.CoreView;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The subcommands of SENTINEL. */
final class SentinelCommands {
  private static final String NO_SUCH_MASTER = "ERR No such master with that name";

  Map<String, Command> subcommands() {
    Map<String, Command> all = new HashMap<>();
    all.put("masters", new Command(2, SentinelCommands::masters));
    all.put("master", new Command(3, r -> ofMaster(r, SentinelReplies::master)));
    all.put("replicas", new Command(3, r -> ofMaster(r, SentinelCommands::replicas)));
    all.put("slaves", new Command(3, r -> ofMaster(r, SentinelCommands::replicas)));
    all.put("sentinels", new Command(3, r -> ofMaster(r, SentinelCommands::sentinels)));
    all.put("myid", new Command(2, r -> r.answer(new Reply.Bulk(r.server().view().myId()))));
    all.put("get-master-addr-by-name", new Command(3, SentinelCommands::address));
    all.put("is-master-down-by-addr", new Command(6, SentinelCommands::isMasterDown));
    all.put("ckquorum", new Command(3, r -> ofMaster(r, SentinelReplies::quorum)));
    all.put("help", new Command(2, r -> r.answer(SentinelHelp.reply(r.arg(0)))));
    all.putAll(OperatorCommands.subcommands());
    return all;
  }

  private static Served masters(Request request) {
    return request.answer(
        new Reply.Array(
            request.server().view().masters().stream().map(SentinelReplies::master).toList()));
  }

  private static Reply replicas(CoreView.Master master) {
    return new Reply.Array(
        master.replicas().stream()
            .filter(CoreView.Replica::announced)
            .map(SentinelReplies::replica)
            .toList());
  }

  private static Reply sentinels(CoreView.Master master) {
    return new Reply.Array(master.peers().stream().map(SentinelReplies::peer).toList());
  }

  private static Served ofMaster(Request request, Function<CoreView.Master, Reply> reply) {
    return request
        .server()
        .view()
        .master(request.arg(2))
        .map(m -> request.answer(reply.apply(m)))
        .orElseGet(() -> request.error(NO_SUCH_MASTER));
  }

  /** Unknown names are no error here: clients go on to the next Sentinel. */
  private static Served address(Request request) {
    Optional<NodeAddress> current =
        request.server().view().master(request.arg(2)).map(CoreView.Master::current);
    return request.answer(
        current
            .map(a -> Reply.bulks(a.host(), Integer.toString(a.port())))
            .orElseGet(Reply.NullArray::new));
  }

  private static Served isMasterDown(Request request) {
    OptionalLong epoch = Epochs.epoch(request.arg(4));
    if (epoch.isEmpty() || Numbers.parse(request.arg(3)).isEmpty()) {
      return request.error(Numbers.INVALID);
    }
    String candidate = request.arg(5);
    if (!candidate.equals("*") && !Epochs.isId(candidate)) {
      return request.error("ERR the runid must be * or 40 hex digits");
    }
    return Addresses.of(request.arg(2), request.arg(3))
        .<Served>map(a -> new Served.AskCore(a, epoch.getAsLong(), candidate))
        .orElseGet(() -> request.answer(SentinelReplies.vote(false, "*", 0)));
  }
}
