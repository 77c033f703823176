package io.github.jedisfailover.internal.monitor.conf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * IP addresses in the forms that {@code getaddrinfo} takes without asking a server, and their usual
 * form, which is what Redis keeps and writes. A scope ({@code fe80::1%eth0}) is not taken: Redis
 * would drop it and so could not connect.
 */
final class NumericHost {
  private static final Pattern IPV4_PART = Pattern.compile("0[xX][0-9a-fA-F]+|\\d+");
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final int GROUPS = 8;

  private NumericHost() {}

  /** The usual form, or empty if this is no IP address. */
  static Optional<String> of(String host) {
    return host.indexOf(':') >= 0 ? ipv6(host) : ipv4(host);
  }

  /** One to four parts, each decimal, octal or hexadecimal; the last fills what is left. */
  private static Optional<String> ipv4(String host) {
    String[] parts = host.split("\\.", -1);
    if (parts.length > 4) {
      return Optional.empty();
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      int bits = last ? 8 * (4 - i) : 8;
      long value = part(parts[i]);
      if (value < 0 || value >= 1L << bits) {
        return Optional.empty();
      }
      address = address << bits | value;
    }
    return Optional.of(dotted(address));
  }

  private static long part(String text) {
    if (!IPV4_PART.matcher(text).matches() || text.length() > 14) {
      return -1;
    }
    try {
      return Long.decode(text);
    } catch (NumberFormatException e) {
      return -1; // an 8 or 9 in an octal number
    }
  }

  private static String dotted(long address) {
    return (address >> 24 & 255)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  private static Optional<String> ipv6(String host) {
    int gap = host.indexOf("::");
    if (gap >= 0 && host.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    Optional<List<Integer>> head = groups(gap < 0 ? host : host.substring(0, gap), gap < 0);
    Optional<List<Integer>> tail =
        gap < 0 ? Optional.of(List.of()) : groups(host.substring(gap + 2), true);
    if (head.isEmpty() || tail.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> all = new ArrayList<>(head.get());
    int missing = GROUPS - all.size() - tail.get().size();
    if (gap < 0 ? missing != 0 : missing < 1) {
      return Optional.empty();
    }
    for (int i = 0; i < missing; i++) {
      all.add(0);
    }
    all.addAll(tail.get());
    return Optional.of(text(all));
  }

  private static Optional<List<Integer>> groups(String text, boolean dottedEnd) {
    List<Integer> groups = new ArrayList<>();
    String[] parts = text.isEmpty() ? new String[0] : text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (GROUP.matcher(parts[i]).matches()) {
        groups.add(Integer.parseInt(parts[i], 16));
      } else if (dottedEnd && i == parts.length - 1 && fourDecimals(parts[i])) {
        String[] bytes = parts[i].split("\\.");
        groups.add(Integer.parseInt(bytes[0]) << 8 | Integer.parseInt(bytes[1]));
        groups.add(Integer.parseInt(bytes[2]) << 8 | Integer.parseInt(bytes[3]));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(groups);
  }

  private static boolean fourDecimals(String text) {
    return text.matches("(?:(?:0|[1-9]\\d{0,2})(?:\\.(?!$)|$)){4}")
        && ipv4(text).filter(text::equals).isPresent();
  }

  /** As {@code inet_ntop}: the first longest run of zeros is left out, if it has two or more. */
  private static String text(List<Integer> groups) {
    int start = -1;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups.get(end) == 0) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    boolean holdsIpv4 = start == 0 && (length == 6 || length == 5 && groups.get(5) == 0xffff);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == start) {
        text.append(i == 0 ? "::" : ":");
        i += length - 1;
      } else if (holdsIpv4 && i == 6) {
        return text + dotted((long) groups.get(6) << 16 | groups.get(7));
      } else {
        text.append(Integer.toHexString(groups.get(i))).append(i < GROUPS - 1 ? ":" : "");
      }
    }
    return text.toString();
  }
}
