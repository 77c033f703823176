package io.github.jedisfailover.internal.monitor.acl;

/** A rule that cannot be applied; the message is Redis' reason. */
public final class AclRuleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AclRuleException(String reason) {
    super(reason, null, false, false);
  }

  static AclRuleException unknown() {
    return new AclRuleException("Unknown command or category name in ACL");
  }

  static AclRuleException syntax() {
    return new AclRuleException("Syntax error");
  }
}
