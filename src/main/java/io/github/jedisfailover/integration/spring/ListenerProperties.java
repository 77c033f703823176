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
 * @param tls A port that speaks TLS.
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
    Tls tls,
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
    if (tls != null) {
      tls.addTo(values);
    }
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
   * The port that speaks TLS.
   *
   * @param port The port; needs a key store.
   * @param clients Certificates that clients have to show: none, optional or required.
   * @param keyStore File with the certificate of the voter.
   * @param keyStorePassword Password of the key store.
   * @param trustStore File with trusted certificates; the JVM's by default.
   * @param trustStorePassword Password of the trust store.
   */
  record Tls(
      Integer port,
      String clients,
      String keyStore,
      String keyStorePassword,
      String trustStore,
      String trustStorePassword) {
    void addTo(SettingValues values) {
      values.put("listener.tls.port", port);
      values.put("listener.tls.clients", clients);
      values.put("listener.tls.keyStore", keyStore);
      values.put("listener.tls.keyStorePassword", keyStorePassword);
      values.put("listener.tls.trustStore", trustStore);
      values.put("listener.tls.trustStorePassword", trustStorePassword);
    }
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
