package io.github.jedisfailover.internal.monitor.core;

/**
 * Who a monitor says it is to a node or to another Sentinel; empty texts mean "not set". Never
 * shown in a log: the text form holds neither part.
 */
public record Login(String user, String password) {
  public static final Login NONE = new Login("", "");

  @Override
  public String toString() {
    return password.isEmpty() ? "no password" : "password set";
  }
}
