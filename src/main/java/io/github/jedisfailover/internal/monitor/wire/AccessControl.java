package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.acl.AclLog;
import io.github.jedisfailover.internal.monitor.acl.Users;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The users of the listener; every change is atomic. */
public interface AccessControl {
  Users users();

  /** The function may run more than once; what it throws is passed on. */
  void change(UnaryOperator<Users> change);

  AclLog log();

  /** As {@link #change}, for the log. */
  void changeLog(UnaryOperator<AclLog> change);

  /** Time for the log. */
  long nowMillis();

  /** Random hex digits. */
  String randomHex(int digits);

  /** Whether an ACL file is configured. */
  boolean hasFile();

  /** Reads the file; empty if that worked, else what is wrong with it. */
  Optional<String> load();

  /** Writes the file; whether that worked. */
  boolean save();
}
