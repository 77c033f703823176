package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.acl.AclLog;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** ACL LOG [count | RESET]. */
final class AclLogReply {
  private static final int USUAL_COUNT = 10;

  private AclLogReply() {}

  static Served serve(Request request) {
    AccessControl access = request.server().access();
    if (request.size() > 3) {
      return request.error(ClientCommands.subcommandSyntax(request));
    }
    if (request.size() == 3 && request.lower(2).equals("reset")) {
      access.changeLog(log -> AclLog.empty(log.limit()));
      return request.answer(Reply.OK);
    }
    OptionalLong count =
        request.size() == 3 ? Numbers.parse(request.arg(2)) : OptionalLong.of(USUAL_COUNT);
    if (count.isEmpty()) {
      return request.error(Numbers.INVALID);
    }
    List<Reply> entries =
        access.log().entries().stream()
            .limit(Math.max(0, count.getAsLong()))
            .map(e -> entry(e, access.nowMillis()))
            .toList();
    return request.answer(new Reply.Array(entries));
  }

  private static Reply entry(AclLog.Entry entry, long nowMillis) {
    return new Reply.Pairs(
        List.of(
            new Reply.Pair("count", new Reply.Int(entry.count())),
            bulk("reason", entry.reason().name().toLowerCase(Locale.ROOT)),
            bulk("context", "toplevel"),
            bulk("object", entry.object()),
            bulk("username", entry.user()),
            new Reply.Pair(
                "age-seconds", new Reply.Decimal((nowMillis - entry.atMillis()) / 1000.0)),
            bulk("client-info", entry.client())));
  }

  private static Reply.Pair bulk(String key, String value) {
    return new Reply.Pair(key, new Reply.Bulk(value));
  }
}
