package io.github.jedisfailover.internal.monitor.acl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The rules of ACL SETUSER, as {@code ACLSetUser} in Redis' acl.c; selectors in brackets are not
 * served.
 */
final class AclRule {
  private AclRule() {}

  static AclUser apply(AclUser user, String rule) {
    return switch (rule.toLowerCase(Locale.ROOT)) {
      case "" -> user;
      case "on" -> user.enabled(true);
      case "off" -> user.enabled(false);
      case "sanitize-payload", "skip-sanitize-payload" ->
          user.sanitizing(rule.toLowerCase(Locale.ROOT));
      case "nopass" -> user.passwords(true, List.of());
      case "resetpass" -> user.passwords(false, List.of());
      case "allkeys", "~*" -> user.keys(Patterns.ALL);
      case "resetkeys" -> user.keys(Patterns.NONE);
      case "allchannels", "&*" -> user.channels(Patterns.ALL);
      case "resetchannels" -> user.channels(Patterns.NONE);
      case "allcommands" -> user.commands(CommandRules.ALL);
      case "nocommands" -> user.commands(CommandRules.NONE);
      case "clearselectors" -> user;
      case "reset" -> AclUser.fresh(user.name()).sanitizing("sanitize-payload");
      default -> prefixed(user, rule);
    };
  }

  private static AclUser prefixed(AclUser user, String rule) {
    String rest = rule.substring(1);
    return switch (rule.charAt(0)) {
      case '>' -> addPassword(user, Passwords.hash(rest));
      case '#' -> addPassword(user, hash(rest));
      case '<' -> removePassword(user, Passwords.hash(rest));
      case '!' -> removePassword(user, hash(rest));
      case '~' -> user.keys(pattern(user.keys(), rest, "allkeys", "patterns"));
      case '&' -> user.channels(pattern(user.channels(), rest, "allchannels", "channels"));
      case '+', '-' -> user.commands(user.commands().with(rule));
      default -> throw AclRuleException.syntax();
    };
  }

  private static String hash(String text) {
    if (!Passwords.isHash(text)) {
      throw new AclRuleException(
          "The password hash must be exactly 64 characters and contain only lowercase hexadecimal"
              + " characters");
    }
    return text;
  }

  private static AclUser addPassword(AclUser user, String hash) {
    List<String> hashes = new ArrayList<>(user.passwords());
    if (!hashes.contains(hash)) {
      hashes.add(hash);
    }
    return user.passwords(false, hashes);
  }

  private static AclUser removePassword(AclUser user, String hash) {
    List<String> hashes = new ArrayList<>(user.passwords());
    if (!hashes.remove(hash)) {
      throw new AclRuleException(
          "The password you are trying to remove from the user does not exist");
    }
    return user.passwords(user.nopass(), hashes);
  }

  private static Patterns pattern(Patterns now, String pattern, String flag, String plural) {
    if (now.all()) {
      throw new AclRuleException(
          "Adding a pattern after the * pattern (or the '"
              + flag
              + "' flag) is not valid and does not have any effect. Try 'reset"
              + flag.substring(3)
              + "' to start with an empty list of "
              + plural);
    }
    if (hasSpaces(pattern)) {
      throw AclRuleException.syntax();
    }
    return now.with(pattern);
  }

  static boolean hasSpaces(String text) {
    return text.chars().anyMatch(c -> c == 0 || c == ' ' || c >= '\t' && c <= '\r');
  }
}
