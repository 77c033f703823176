package io.github.jedisfailover.internal.monitor.acl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All users by name; the one called {@code default} is always there. */
public final class Users {
  public static final String DEFAULT = "default";

  /** Before anything is configured: everybody may do everything. */
  public static final Users OPEN = new Users(new TreeMap<>());

  private final SortedMap<String, AclUser> byName;

  private Users(SortedMap<String, AclUser> byName) {
    this.byName = byName;
    byName.putIfAbsent(DEFAULT, AclUser.unrestricted(DEFAULT));
  }

  /** With this password for the default user; empty: none is asked for. */
  public Users requiringPassword(String password) {
    AclUser changed = standard().with("resetpass");
    return with(changed.with(password.isEmpty() ? "nopass" : ">" + password));
  }

  public Collection<AclUser> all() {
    return List.copyOf(byName.values());
  }

  public Optional<AclUser> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The default user. */
  public AclUser standard() {
    return byName.get(DEFAULT);
  }

  /** Whether a connection has to log in before it may do anything. */
  public boolean loginNeeded() {
    return !standard().nopass() || !standard().enabled();
  }

  public boolean accept(String name, String password) {
    AclUser user = byName.get(name);
    return user != null && user.accepts(password);
  }

  /** With this user added or replaced. */
  public Users with(AclUser user) {
    SortedMap<String, AclUser> changed = new TreeMap<>(byName);
    changed.put(user.name(), user);
    return new Users(changed);
  }

  /** Without these; the default user stays. */
  public Users without(Collection<String> names) {
    SortedMap<String, AclUser> changed = new TreeMap<>(byName);
    names.stream().filter(n -> !n.equals(DEFAULT)).forEach(changed::remove);
    return new Users(changed);
  }

  /** The lines of an ACL file. */
  public List<String> describe() {
    return byName.values().stream().map(AclUser::describe).toList();
  }

  public static boolean isName(String name) {
    return !AclRule.hasSpaces(name);
  }

  /**
   * Reads an ACL file, as {@code ACLLoadFromFile} in Redis' acl.c.
   *
   * @param file its name, for messages
   * @throws AclRuleException naming every line that is wrong
   */
  public static Users read(String file, List<String> lines) {
    SortedMap<String, AclUser> users = new TreeMap<>();
    List<String> errors = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String[] words = lines.get(i).strip().split(" ");
      String at = file + ":" + (i + 1);
      if (words[0].isEmpty()) {
        continue;
      }
      if (!words[0].equals("user") || words.length < 2) {
        errors.add(at + " should start with user keyword followed by the username. ");
      } else if (users.containsKey(words[1])) {
        errors.add("WARNING: Duplicate user '" + words[1] + "' found on line " + (i + 1) + ". ");
      } else {
        users.put(words[1], user(words, at, errors));
      }
    }
    if (!errors.isEmpty()) {
      throw new AclRuleException(
          String.join("", errors)
              + "WARNING: ACL errors detected, no change to the previously active ACL rules was"
              + " performed");
    }
    return new Users(users);
  }

  private static AclUser user(String[] words, String at, List<String> errors) {
    AclUser user = AclUser.fresh(words[1]);
    for (int i = 2; i < words.length; i++) {
      try {
        user = user.with(words[i]);
      } catch (AclRuleException e) {
        boolean command = e.getMessage().startsWith("Unknown"); // holds no secret
        String rule = command ? "Error in applying operation '" + words[i] + "': " : "";
        errors.add(at + ": " + rule + e.getMessage() + ". ");
      }
    }
    return user;
  }
}
