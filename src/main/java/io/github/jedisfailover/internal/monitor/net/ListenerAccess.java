package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.config.ListenerConfig;
import io.github.jedisfailover.internal.monitor.acl.AclLog;
import io.github.jedisfailover.internal.monitor.acl.AclRuleException;
import io.github.jedisfailover.internal.monitor.acl.Users;
import io.github.jedisfailover.internal.monitor.wire.AccessControl;
import io.github.jedisfailover.internal.runtime.Entropy;
import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the users of one listener, and their file. */
final class ListenerAccess implements AccessControl {
  private static final Logger log = LoggerFactory.getLogger(ListenerAccess.class);

  private final AtomicReference<Users> users;
  private final AtomicReference<AclLog> refusals;
  private final Optional<Path> file;
  private final MonotonicClock clock;

  private ListenerAccess(Users users, ListenerConfig config, MonotonicClock clock) {
    this.users = new AtomicReference<>(users);
    this.refusals = new AtomicReference<>(AclLog.empty(config.aclLogMaxLen()));
    this.file = config.aclFile();
    this.clock = clock;
  }

  /**
   * @throws IllegalStateException if a rule or the file is wrong
   */
  static ListenerAccess of(ListenerConfig config, MonotonicClock clock) {
    try {
      Users users = Users.OPEN;
      if (config.aclFile().filter(Files::exists).isPresent()) {
        users = read(config.aclFile().get());
      } else if (!config.users().isEmpty()) {
        users = Users.read("users", config.users().stream().map(u -> "user " + u).toList());
      }
      if (config.requirePass().isPresent()) {
        users = users.requiringPassword(config.requirePass().get());
      }
      return new ListenerAccess(users, config, clock);
    } catch (AclRuleException | IOException e) {
      throw new IllegalStateException("the monitor's users cannot be read: " + e.getMessage(), e);
    }
  }

  private static Users read(Path file) throws IOException {
    return Users.read(file.toString(), Files.readAllLines(file, StandardCharsets.ISO_8859_1));
  }

  @Override
  public Users users() {
    return users.get();
  }

  @Override
  public void change(UnaryOperator<Users> change) {
    users.updateAndGet(change);
  }

  @Override
  public AclLog log() {
    return refusals.get();
  }

  @Override
  public void changeLog(UnaryOperator<AclLog> change) {
    refusals.updateAndGet(change);
  }

  @Override
  public long nowMillis() {
    return clock.millis();
  }

  @Override
  public String randomHex(int digits) {
    StringBuilder hex = new StringBuilder();
    while (hex.length() < digits) {
      hex.append(Entropy.id());
    }
    return hex.substring(0, digits);
  }

  @Override
  public boolean hasFile() {
    return file.isPresent();
  }

  @Override
  public Optional<String> load() {
    Path from = file.orElseThrow();
    try {
      users.set(read(from));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("Error loading ACLs, opening file '" + from + "': " + e.getMessage());
    } catch (AclRuleException e) {
      return Optional.of(e.getMessage());
    }
  }

  @Override
  public boolean save() {
    Path to = file.orElseThrow();
    try {
      new ConfFile(to).write(String.join("\n", users.get().describe()) + "\n");
      return true;
    } catch (IOException e) {
      log.warn("the users cannot be saved: {}", e.toString());
      return false;
    }
  }
}
