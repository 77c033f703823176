package io.github.jedisfailover.internal.settings;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names and values out of {@code redis+failover://user:password@h1:7000,h2:7001/0?name=value}. No
 * message shows a part of the URI that could belong to a password, also one that was not encoded.
 */
public final class SettingUri {
  private static final String PLAIN = "redis+failover";
  private static final String TLS = "rediss+failover";
  private static final String ENCODE =
      "a user or password with one of @ : / ? # % must be percent-encoded";

  private final Map<String, String> values = new LinkedHashMap<>();

  private SettingUri() {}

  /**
   * @throws IllegalArgumentException naming the part of the URI and the rule
   */
  public static Map<String, String> parse(String uri) {
    SettingUri parsed = new SettingUri();
    parsed.read(uri.trim());
    return parsed.values;
  }

  private void read(String uri) {
    int scheme = uri.indexOf("://");
    String name = scheme < 0 ? "" : uri.substring(0, scheme);
    if (!name.equals(PLAIN) && !name.equals(TLS)) {
      throw new IllegalArgumentException(
          "the URI must start with "
              + PLAIN
              + ":// or "
              + TLS
              + "://"
              + (name.matches("[a-z0-9+.-]{1,30}") ? ", was " + name + "://" : ""));
    }
    if (name.equals(TLS)) {
      values.put("tls", "true");
    }
    String rest = uri.substring(scheme + 3);
    int end = firstOf(rest, "/?#");
    authority(rest.substring(0, end));
    String after = rest.substring(end);
    if (after.contains("@") || after.contains("#")) {
      throw new IllegalArgumentException(
          "the URI must have no @ or # after its nodes: there they are %40 and %23, and " + ENCODE);
    }
    int query = after.indexOf('?');
    path(query < 0 ? after : after.substring(0, query));
    if (query >= 0 && query + 1 < after.length()) {
      Arrays.stream(after.substring(query + 1).split("&")).forEach(this::parameter);
    }
  }

  private static int firstOf(String text, String characters) {
    int end = 0;
    while (end < text.length() && characters.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private void authority(String authority) {
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      login(authority.substring(0, at));
    }
    String nodes = authority.substring(at + 1);
    if (!nodes.isEmpty()) {
      String[] parts = nodes.split(",", -1);
      for (int i = 0; i < parts.length; i++) {
        parts[i] = node(parts[i], i + 1);
      }
      values.put("nodes", String.join(",", parts));
    }
  }

  private void login(String login) {
    int colon = login.indexOf(':');
    if (login.contains("@") || colon >= 0 && login.indexOf(':', colon + 1) >= 0) {
      throw new IllegalArgumentException(
          "the URI must have user:password before the @ of its nodes: " + ENCODE);
    }
    String user = colon < 0 ? login : login.substring(0, colon);
    if (!user.isEmpty()) {
      values.put("user", decoded("user", user));
    }
    if (colon >= 0) {
      values.put("password", decoded("password", login.substring(colon + 1)));
    }
  }

  /** With Redis' own port if there is none. */
  private static String node(String node, int number) {
    int bracket = node.lastIndexOf(']');
    String port = node.substring(bracket + 1);
    boolean whole = bracket >= 0 ? node.startsWith("[") : port.indexOf(':') != 0 && !port.isEmpty();
    if (!whole || !port.matches("[^:]*(:\\d{1,5})?")) {
      throw new IllegalArgumentException(
          "the URI must have host or host:port as each node, node "
              + number
              + " is neither (it may be a part of the password: "
              + ENCODE
              + ")");
    }
    return port.contains(":") ? node : node + ":6379";
  }

  private void path(String path) {
    String database = path.startsWith("/") ? path.substring(1) : path;
    if (!database.isEmpty()) {
      if (!database.matches("\\d{1,9}")) {
        throw new IllegalArgumentException(
            "the URI must have a database number or nothing after the nodes and /, was something"
                + " else (hidden, it may be a part of the password: "
                + ENCODE
                + ")");
      }
      values.put("database", database);
    }
  }

  private void parameter(String parameter) {
    int equals = parameter.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(
          "the URI must have name=value after the ? and each &, one is not (hidden)");
    }
    String name = decoded("a name", parameter.substring(0, equals));
    String value = decoded(name, parameter.substring(equals + 1));
    if (values.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException(name + " must be given once in the URI, was given twice");
    }
  }

  /** {@code +} stays what it is: this is no form. */
  private static String decoded(String what, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[bytes.length];
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
        int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw new IllegalArgumentException(
              what + " in the URI must have two hexadecimal digits after each %");
        }
        out[length++] = (byte) (high * 16 + low);
        i += 2;
      } else {
        out[length++] = bytes[i];
      }
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }
}
