package io.github.jedisfailover.internal.monitor.core;

/**
 * Sentinel's settings of the whole process, as {@code SENTINEL CONFIG} shows them.
 *
 * @param announceIp told to peers instead of the address of the socket; empty: not set
 * @param announcePort told to peers instead of the port; 0: not set
 * @param login for connections to other Sentinels
 * @param denyScriptsReconfig whether {@code SENTINEL SET} may not change scripts
 * @param logLevel Sentinel's name of the level
 */
public record GlobalSettings(
    boolean resolveHostnames,
    boolean announceHostnames,
    String announceIp,
    int announcePort,
    Login login,
    boolean denyScriptsReconfig,
    String logLevel) {
  public static final GlobalSettings DEFAULT =
      new GlobalSettings(false, false, "", 0, Login.NONE, true, "notice");

  public GlobalSettings withHostnames(boolean resolve, boolean announce) {
    return new GlobalSettings(
        resolve, announce, announceIp, announcePort, login, denyScriptsReconfig, logLevel);
  }

  public GlobalSettings withAnnounced(String ip, int port) {
    return new GlobalSettings(
        resolveHostnames, announceHostnames, ip, port, login, denyScriptsReconfig, logLevel);
  }

  public GlobalSettings withLogin(Login next) {
    return new GlobalSettings(
        resolveHostnames,
        announceHostnames,
        announceIp,
        announcePort,
        next,
        denyScriptsReconfig,
        logLevel);
  }

  public GlobalSettings withLogLevel(String next) {
    return new GlobalSettings(
        resolveHostnames,
        announceHostnames,
        announceIp,
        announcePort,
        login,
        denyScriptsReconfig,
        next);
  }

  public GlobalSettings withScriptsDenied(boolean denied) {
    return new GlobalSettings(
        resolveHostnames, announceHostnames, announceIp, announcePort, login, denied, logLevel);
  }
}
