package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.internal.monitor.acl.Users;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/** Redis' protected mode: without a password only the own machine is served. */
final class ProtectedMode {
  /** As {@code islocalClient}: two addresses, not the whole loopback network. */
  private static final Set<String> LOCAL = Set.of("127.0.0.1", "0:0:0:0:0:0:0:1", "::1");

  private static final String DENIED =
      "DENIED Redis is running in protected mode because protected mode is enabled and no password"
          + " is set for the default user. In this mode connections are only accepted from the"
          + " loopback interface. If you want to connect from external computers to Redis you may"
          + " adopt one of the following solutions: 1) Just disable protected mode sending the"
          + " command 'CONFIG SET protected-mode no' from the loopback interface by connecting to"
          + " Redis from the same host the server is running, however MAKE SURE Redis is not publicly"
          + " accessible from internet if you do so. Use CONFIG REWRITE to make this change permanent."
          + " 2) Alternatively you can just disable the protected mode by editing the Redis"
          + " configuration file, and setting the protected mode option to 'no', and then restarting"
          + " the server. 3) If you started the server manually just for testing, restart it with the"
          + " '--protected-mode no' option. 4) Setup a an authentication password for the default"
          + " user. NOTE: You only need to do one of the above things in order for the server to start"
          + " accepting connections from the outside.";

  private ProtectedMode() {}

  static Optional<String> refusal(ListenerConfig config, Users users, InetAddress client) {
    boolean open = !config.protectedMode() || !users.standard().nopass();
    return open || LOCAL.contains(client.getHostAddress()) ? Optional.empty() : Optional.of(DENIED);
  }
}
