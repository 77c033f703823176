package io.github.jedisfailover.internal.routing;

import java.util.Set;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandFlagsRegistry;
import redis.clients.jedis.CommandFlagsRegistry.CommandFlag;
import redis.clients.jedis.StaticCommandFlagsRegistry;

/**
 * The only place that touches Jedis' flag registry, which is marked internal. A look-up allocates
 * (it upper-cases the name), so it is never done per call of a known command.
 */
final class RegistryFlags {
  private final CommandFlagsRegistry registry = StaticCommandFlagsRegistry.registry();

  /** Whether the server itself would run the command on a read-only replica without waiting. */
  boolean readsOnly(CommandArguments command) {
    Set<CommandFlag> flags = registry.getFlags(command);
    return flags.contains(CommandFlag.READONLY)
        && !flags.contains(CommandFlag.WRITE)
        && !flags.contains(CommandFlag.BLOCKING)
        && !flags.contains(CommandFlag.ADMIN)
        && !flags.contains(CommandFlag.PUBSUB);
  }

  /** Whether a second run finds the data as the first one did, also if it waited for them. */
  boolean changesNothing(CommandArguments command) {
    Set<CommandFlag> flags = registry.getFlags(command);
    return flags.contains(CommandFlag.READONLY)
        && !flags.contains(CommandFlag.WRITE)
        && !flags.contains(CommandFlag.ADMIN);
  }
}
