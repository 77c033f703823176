package io.github.jedisfailover.internal.monitor.acl;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest refusals, the newest first; equal ones within a minute are counted.
 *
 * @param limit most entries kept
 */
public record AclLog(int limit, List<Entry> entries) {
  private static final int LOOK_BACK = 10;
  private static final long SAME_MILLIS = 60_000;

  public AclLog {
    entries = List.copyOf(entries);
  }

  /** Why something was refused. */
  public enum Reason {
    COMMAND,
    CHANNEL,
    AUTH
  }

  /**
   * One kind of refusal.
   *
   * @param object the command or channel
   * @param client who was refused last, as CLIENT INFO describes it
   * @param atMillis when that was
   */
  public record Entry(
      int count, Reason reason, String object, String user, String client, long atMillis) {
    private boolean repeats(Entry newer) {
      return reason == newer.reason
          && object.equals(newer.object)
          && user.equals(newer.user)
          && newer.atMillis - atMillis <= SAME_MILLIS;
    }
  }

  public static AclLog empty(int limit) {
    return new AclLog(limit, List.of());
  }

  public AclLog with(Entry entry) {
    List<Entry> all = new ArrayList<>(entries);
    int count = entry.count();
    for (int i = 0; i < Math.min(LOOK_BACK, all.size()); i++) {
      if (all.get(i).repeats(entry)) {
        count += all.remove(i).count();
        break;
      }
    }
    all.add(
        0,
        new Entry(
            count, entry.reason(), entry.object(), entry.user(), entry.client(), entry.atMillis()));
    return new AclLog(limit, all.subList(0, Math.min(limit, all.size())));
  }
}
