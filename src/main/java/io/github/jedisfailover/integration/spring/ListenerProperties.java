package io.github.jedisfailover.integration.spring;

import java.time.Duration;
import java.util.List;

/**
 * The voter's port, with Redis' names.
 *
 * @param bind Hosts to listen on, with the port of listen; the host of listen by default.
 * @param requirePass Password of the default user, which observers need too.
 * @param users Lines of an ACL file.
 * @param aclFile ACL file; instead of users and password.
 * @param aclLogMaxLen As acllog-max-len.
 * @param protectedMode As protected-mode.
 * @param maxClients As maxclients; a thread each.
 * @param timeout As timeout; zero: never.
 * @param maxRequestBytes Longest request.
 * @param maxArguments Most arguments of a request.
 * @param pubSub What may wait for a slow subscriber.
 */
record ListenerProperties(
    List<String> bind,
    String requirePass,
    List<String> users,
    String aclFile,
    Integer aclLogMaxLen,
    Boolean protectedMode,
    Integer maxClients,
    Duration timeout,
    Integer maxRequestBytes,
    Integer maxArguments,
    PubSub pubSub) {
  void addTo(SettingValues values) {
    values.put("listener.bind", bind);
    values.put("listener.requirePass", requirePass);
    values.put("listener.users", users == null ? null : String.join("\n", users));
    values.put("listener.aclFile", aclFile);
    values.put("listener.aclLogMaxLen", aclLogMaxLen);
    values.put("listener.protectedMode", protectedMode);
    values.put("listener.maxClients", maxClients);
    values.put("listener.timeout", timeout);
    values.put("listener.maxRequestBytes", maxRequestBytes);
    values.put("listener.maxArguments", maxArguments);
    if (pubSub != null) {
      pubSub.addTo(values);
    }
  }

  /** Without the values: some are secret. */
  @Override
  public String toString() {
    return "listener";
  }

  /**
   * What may wait for a slow subscriber.
   *
   * @param hardBytes The hard limit of client-output-buffer-limit pubsub.
   * @param softBytes The soft limit.
   * @param softTime How long it may be above the soft one.
   */
  record PubSub(Integer hardBytes, Integer softBytes, Duration softTime) {
    void addTo(SettingValues values) {
      values.put("listener.pubSub.hardBytes", hardBytes);
      values.put("listener.pubSub.softBytes", softBytes);
      values.put("listener.pubSub.softTime", softTime);
    }
  }
}
