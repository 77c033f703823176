package io.github.jedisfailover.internal.monitor.core;

/** Tells addresses in numbers from names, without looking anything up. */
public final class IpText {
  private IpText() {}

  /** Four numbers up to 255, or groups of hex digits with at least two colons. */
  public static boolean isIp(String host) {
    if (host.indexOf(':') >= 0) {
      return host.matches("[0-9a-fA-F:.]{2,45}(%[0-9a-zA-Z]+)?")
          && host.indexOf(':') != host.lastIndexOf(':');
    }
    String[] part = host.split("\\.", -1);
    if (part.length != 4) {
      return false;
    }
    for (String p : part) {
      if (!p.matches("[0-9]{1,3}") || Integer.parseInt(p) > 255) {
        return false;
      }
    }
    return true;
  }
}
