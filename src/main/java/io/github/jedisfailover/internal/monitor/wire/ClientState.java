package io.github.jedisfailover.internal.monitor.wire;

/**
 * What is known of one connection; replaced, never edited.
 *
 * @param name from CLIENT SETNAME, empty if unset
 */
public record ClientState(long id, String name, boolean resp3, Subscriptions subscriptions) {
  public static ClientState fresh(long id) {
    return new ClientState(id, "", false, Subscriptions.NONE);
  }

  ClientState named(String newName) {
    return new ClientState(id, newName, resp3, subscriptions);
  }

  ClientState speaking(boolean newResp3) {
    return new ClientState(id, name, newResp3, subscriptions);
  }

  ClientState subscribed(Subscriptions newSubscriptions) {
    return new ClientState(id, name, resp3, newSubscriptions);
  }
}
