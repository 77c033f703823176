package io.github.jedisfailover.internal.monitor.acl;

import java.util.ArrayList;
import java.util.List;

/**
 * One user.
 *
 * @param nopass any password is right
 * @param sanitize Redis' flag for RESTORE, kept and shown only: {@code sanitize-payload}, {@code
 *     skip-sanitize-payload} or empty
 * @param passwords hashes
 * @param keys kept and shown only: a Sentinel has no keys
 */
public record AclUser(
    String name,
    boolean enabled,
    boolean nopass,
    String sanitize,
    List<String> passwords,
    Patterns keys,
    Patterns channels,
    CommandRules commands) {
  public AclUser {
    passwords = List.copyOf(passwords);
  }

  /** A user that may do nothing. */
  public static AclUser fresh(String name) {
    return new AclUser(
        name, false, false, "", List.of(), Patterns.NONE, Patterns.NONE, CommandRules.NONE);
  }

  /** The user of connections that have not logged in: may do everything. */
  static AclUser unrestricted(String name) {
    return new AclUser(
        name, true, true, "", List.of(), Patterns.ALL, Patterns.ALL, CommandRules.ALL);
  }

  /**
   * The user after one more rule.
   *
   * @throws AclRuleException if it cannot be applied
   */
  public AclUser with(String rule) {
    return AclRule.apply(this, rule);
  }

  /** As {@link #with}, naming the rule in what it throws, as ACL SETUSER does. */
  public AclUser withNamed(String rule) {
    try {
      return with(rule);
    } catch (AclRuleException e) {
      throw new AclRuleException("Error in ACL SETUSER modifier '" + rule + "': " + e.getMessage());
    }
  }

  boolean accepts(String password) {
    boolean right = Passwords.matches(passwords, password);
    return enabled && (nopass || right);
  }

  AclUser enabled(boolean value) {
    return new AclUser(name, value, nopass, sanitize, passwords, keys, channels, commands);
  }

  AclUser sanitizing(String flag) {
    return new AclUser(name, enabled, nopass, flag, passwords, keys, channels, commands);
  }

  AclUser passwords(boolean any, List<String> hashes) {
    return new AclUser(name, enabled, any, sanitize, hashes, keys, channels, commands);
  }

  AclUser keys(Patterns patterns) {
    return new AclUser(name, enabled, nopass, sanitize, passwords, patterns, channels, commands);
  }

  AclUser channels(Patterns patterns) {
    return new AclUser(name, enabled, nopass, sanitize, passwords, keys, patterns, commands);
  }

  AclUser commands(CommandRules rules) {
    return new AclUser(name, enabled, nopass, sanitize, passwords, keys, channels, rules);
  }

  /** As GETUSER lists them. */
  public List<String> flags() {
    List<String> flags = new ArrayList<>();
    flags.add(enabled ? "on" : "off");
    if (nopass) {
      flags.add("nopass");
    }
    if (!sanitize.isEmpty()) {
      flags.add(sanitize);
    }
    return flags;
  }

  public String describeKeys() {
    return keys.describe("~");
  }

  public String describeChannels() {
    return channels.describe("&");
  }

  /** The line of an ACL file. */
  public String describe() {
    List<String> words = new ArrayList<>(List.of("user", name));
    words.addAll(flags());
    passwords.forEach(p -> words.add("#" + p));
    if (!describeKeys().isEmpty()) {
      words.add(describeKeys());
    }
    if (!channels.all()) {
      words.add("resetchannels");
    }
    if (!describeChannels().isEmpty()) {
      words.add(describeChannels());
    }
    words.add(commands.describe());
    return String.join(" ", words);
  }
}
