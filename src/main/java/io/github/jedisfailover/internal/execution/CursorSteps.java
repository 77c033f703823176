package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.exceptions.CursorLostException;
import io.github.jedisfailover.internal.pool.NodePool;
import io.github.jedisfailover.internal.routing.CommandNames;
import io.github.jedisfailover.internal.routing.Cursors;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;

/** Runs a command; one of the SCAN family only on the server process that gave its cursor. */
final class CursorSteps {
  private CursorSteps() {}

  static <T> T execute(NodePool pool, Connection connection, CommandObject<T> command) {
    int at = Cursors.index(command.getArguments());
    return at == 0
        ? connection.executeCommand(command)
        : command.getBuilder().build(step(pool, connection, command.getArguments(), at));
  }

  private static Object step(
      NodePool pool, Connection connection, CommandArguments command, int at) {
    int mark = Cursors.mark(pool.processOf(connection));
    String cursor = CommandNames.exact(command, at);
    int asked = Cursors.markOf(cursor);
    if (asked != 0 && asked != mark) {
      throw lost(command, "is not from the server that is now at " + pool.address(), null);
    }
    CommandArguments sent =
        asked == 0 ? command : CommandNames.with(command, at, Cursors.bare(cursor));
    return Cursors.markedReply(connection.executeCommand(sent), mark);
  }

  static CursorLostException lost(CommandArguments command, String why, Throwable cause) {
    return new CursorLostException(
        "The cursor of " + CommandNames.name(command) + " " + why + ": begin again with 0", cause);
  }
}
