package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.Login;
import io.github.jedisfailover.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.SafeEncoder;

/** How the connections of a link introduce themselves, and what their far end calls commands. */
final class LinkAccess {
  private static final Logger log = LoggerFactory.getLogger(LinkAccess.class);
  private static final JedisClientConfig NOBODY = DefaultJedisClientConfig.builder().build();

  private final JedisClientConfig user;
  private final CommandNames names;

  /** Says who we are on a new connection, after what Jedis said; gets our name as a client. */
  private final BiConsumer<Connection, String> greeting;

  private final Optional<LinkOutlet> outlet;
  private final boolean greetedByJedis;

  private LinkAccess(
      JedisClientConfig user,
      CommandNames names,
      Optional<LinkOutlet> outlet,
      BiConsumer<Connection, String> greeting) {
    this.user = user;
    this.names = names;
    this.outlet = outlet;
    this.greeting = greeting;
    this.greetedByJedis = user != NOBODY;
  }

  /** With the application's credentials; a node that refuses them cannot be connected to. */
  static LinkAccess ofApplication(JedisClientConfig user) {
    return new LinkAccess(
        user, CommandNames.PLAIN, Optional.empty(), (connection, clientName) -> {});
  }

  /**
   * As Sentinel: the login is looked up at each connect, and its refusal is no failure of the
   * connection. A node without any password refuses one, and serves all the same; where the login
   * was wrong, the error replies to PING tell.
   */
  static LinkAccess ofSentinel(Supplier<Login> login, CommandNames names, LinkOutlet outlet) {
    return new LinkAccess(
        NOBODY,
        names,
        Optional.of(outlet),
        (connection, clientName) -> greet(connection, clientName, login, names));
  }

  private static void greet(
      Connection connection, String clientName, Supplier<Login> login, CommandNames names) {
    Login now = login.get();
    if (!now.password().isEmpty()) {
      List<String> auth = new ArrayList<>();
      if (!now.user().isEmpty()) {
        auth.add(now.user());
      }
      auth.add(now.password());
      tell(connection, named(names, Command.AUTH, ""), auth.toArray(String[]::new));
    }
    tell(connection, named(names, Command.CLIENT, ""), "SETNAME", clientName);
  }

  private static void tell(Connection connection, ProtocolCommand command, String... arguments) {
    try {
      Connections.ask(connection, command, arguments);
    } catch (JedisDataException e) {
      log.debug(
          "{} refused at the start of a connection: {}",
          SafeEncoder.encode(command.getRaw()),
          e.getMessage());
    }
  }

  /** The command as the far end calls it. */
  ProtocolCommand command(Command command, String master) {
    return named(names, command, master);
  }

  private static ProtocolCommand named(CommandNames names, Command command, String master) {
    byte[] name = SafeEncoder.encode(names.of(command.name(), master));
    return () -> name;
  }

  /** The sockets of one purpose, with the monitor's own name and patience. */
  LinkSocket socket(NodeAddress address, String clientName, LinkTiming timing) {
    LinkConfig config =
        new LinkConfig(
            user, greetedByJedis ? clientName : null, timing.connectMillis(), timing.replyMillis());
    return new LinkSocket(
        address, config, outlet, connection -> greeting.accept(connection, clientName));
  }
}
