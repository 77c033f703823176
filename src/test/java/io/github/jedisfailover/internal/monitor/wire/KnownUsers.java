package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.acl.AclLog;
import io.github.jedisfailover.internal.monitor.acl.Users;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Users in memory, without a file. */
final class KnownUsers implements AccessControl {
  private Users users = Users.OPEN;
  private AclLog log = AclLog.empty(3);
  long now;

  @Override
  public Users users() {
    return users;
  }

  @Override
  public void change(UnaryOperator<Users> change) {
    users = change.apply(users);
  }

  @Override
  public AclLog log() {
    return log;
  }

  @Override
  public void changeLog(UnaryOperator<AclLog> change) {
    log = change.apply(log);
  }

  @Override
  public long nowMillis() {
    return now;
  }

  @Override
  public String randomHex(int digits) {
    return "f".repeat(digits);
  }

  @Override
  public boolean hasFile() {
    return false;
  }

  @Override
  public Optional<String> load() {
    return Optional.of("no file");
  }

  @Override
  public boolean save() {
    return false;
  }
}
