package io.github.jedisfailover.internal.monitor.wire;

import io.github.jedisfailover.internal.monitor.acl.Users;

/**
 * What is known of one connection; replaced, never edited.
 *
 * @param name from CLIENT SETNAME, empty if unset
 * @param user who it acts as
 * @param loggedIn with a password, or when none was needed
 */
public record ClientState(
    long id,
    String name,
    boolean resp3,
    Subscriptions subscriptions,
    String user,
    boolean loggedIn,
    Replies replies,
    Tracking tracking) {

  /** Whether replies are sent, as CLIENT REPLY sets it. */
  public enum Replies {
    ON,
    OFF,
    /** Not to the next request. */
    SKIP_NEXT,
    /** Not to the request under way. */
    SKIP_THIS
  }

  public static ClientState fresh(long id) {
    return fresh(id, true);
  }

  /**
   * @param loggedIn whether no password is needed at present
   */
  public static ClientState fresh(long id, boolean loggedIn) {
    return new ClientState(
        id, "", false, Subscriptions.NONE, Users.DEFAULT, loggedIn, Replies.ON, Tracking.OFF);
  }

  /** Before a request is served. */
  public ClientState beginning() {
    return replies == Replies.SKIP_NEXT ? replying(Replies.SKIP_THIS) : this;
  }

  /** After it was served. */
  public ClientState ended() {
    return replies == Replies.SKIP_THIS ? replying(Replies.ON) : this;
  }

  public boolean isSilent() {
    return replies != Replies.ON;
  }

  /** A RESP2 connection that has subscribed: little else is allowed to it. */
  boolean isRestricted() {
    return !resp3 && !subscriptions.isEmpty();
  }

  ClientState named(String newName) {
    return new ClientState(id, newName, resp3, subscriptions, user, loggedIn, replies, tracking);
  }

  ClientState speaking(boolean newResp3) {
    return new ClientState(id, name, newResp3, subscriptions, user, loggedIn, replies, tracking);
  }

  ClientState subscribed(Subscriptions newSubscriptions) {
    return new ClientState(id, name, resp3, newSubscriptions, user, loggedIn, replies, tracking);
  }

  ClientState loggedInAs(String newUser) {
    return new ClientState(id, name, resp3, subscriptions, newUser, true, replies, tracking);
  }

  ClientState replying(Replies mode) {
    return new ClientState(id, name, resp3, subscriptions, user, loggedIn, mode, tracking);
  }

  ClientState tracking(Tracking mode) {
    return new ClientState(id, name, resp3, subscriptions, user, loggedIn, replies, mode);
  }
}
