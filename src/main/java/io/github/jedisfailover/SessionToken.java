package io.github.jedisfailover;

import java.util.Objects;

/**
 * How far a {@link FailoverSession} has come, in a form that can travel: in a header, a cookie or a
 * message to another service, whose own session then sees the writes of the first.
 *
 * <p>It is a position in the replication stream and no secret. Immutable.
 *
 * @param replicationId the server's id of the history, 40 hex digits; empty for {@link #NONE}
 * @param offset bytes of that history, 0 or more
 */
public record SessionToken(String replicationId, long offset) {
  /** Of a session that has written nothing; its text is {@code none}. */
  public static final SessionToken NONE = new SessionToken("", 0);

  private static final String NONE_TEXT = "none";

  /**
   * Checks the values.
   *
   * @param replicationId 40 hex digits, or empty
   * @param offset 0 or more
   * @throws IllegalArgumentException naming what is wrong
   */
  public SessionToken {
    Objects.requireNonNull(replicationId, "replicationId");
    boolean none = replicationId.isEmpty() && offset == 0;
    if (offset < 0 || !(none || replicationId.matches("[0-9a-f]{40}"))) {
      throw refused(replicationId + ":" + offset);
    }
  }

  /**
   * Reads what {@link #toString()} made.
   *
   * @param text the token
   * @return the token
   * @throws IllegalArgumentException if it is none
   */
  public static SessionToken parse(String text) {
    Objects.requireNonNull(text, "token");
    if (text.equals(NONE_TEXT)) {
      return NONE;
    }
    int colon = text.indexOf(':');
    if (colon != 40 || !text.substring(colon + 1).matches("\\d{1,18}")) {
      throw refused(text);
    }
    return new SessionToken(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "token must be 'none' or 40 hex digits, ':' and an offset, was '" + text + "'");
  }

  /** {@code <replication id>:<offset>}, or {@code none}. */
  @Override
  public String toString() {
    return replicationId.isEmpty() ? NONE_TEXT : replicationId + ":" + offset;
  }
}
