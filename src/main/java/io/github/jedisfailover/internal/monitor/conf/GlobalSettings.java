package io.github.jedisfailover.internal.monitor.conf;

import java.util.Objects;
import java.util.Optional;

/**
 * The {@code sentinel} lines that belong to no master.
 *
 * @param myId 40 characters; empty before the first start
 * @param currentEpoch unsigned; on reading the highest of all epochs in the file but the votes'
 * @param announceIp told to others instead of the own address
 * @param announcePort told to others instead of the own port; 0 if not set
 * @param denyScriptsReconfig whether {@code SENTINEL SET} may not change scripts
 * @param resolveHostnames whether hosts may be names
 * @param announceHostnames whether names are told and written instead of IP addresses
 * @param sentinelUser user at the other voters
 * @param sentinelPass password at the other voters
 */
public record GlobalSettings(
    Optional<String> myId,
    long currentEpoch,
    Optional<String> announceIp,
    int announcePort,
    boolean denyScriptsReconfig,
    boolean resolveHostnames,
    boolean announceHostnames,
    Optional<String> sentinelUser,
    Optional<String> sentinelPass) {
  /** What holds where a file says nothing. */
  public static final GlobalSettings DEFAULT =
      new GlobalSettings(
          Optional.empty(),
          0,
          Optional.empty(),
          0,
          true,
          false,
          false,
          Optional.empty(),
          Optional.empty());

  /** Length of an id in characters. */
  public static final int ID_LENGTH = 40;

  public GlobalSettings {
    Objects.requireNonNull(myId, "myId");
    if (myId.filter(id -> id.length() != ID_LENGTH).isPresent()) {
      throw new IllegalArgumentException(
          "myId must have " + ID_LENGTH + " characters, was '" + myId.get() + "'");
    }
    Objects.requireNonNull(announceIp, "announceIp");
    Objects.requireNonNull(sentinelUser, "sentinelUser");
    Objects.requireNonNull(sentinelPass, "sentinelPass");
  }

  /** The same settings under this identity and epoch. */
  public GlobalSettings with(String newId, long newEpoch) {
    return new GlobalSettings(
        Optional.of(newId),
        newEpoch,
        announceIp,
        announcePort,
        denyScriptsReconfig,
        resolveHostnames,
        announceHostnames,
        sentinelUser,
        sentinelPass);
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return "GlobalSettings[myId="
        + myId.orElse("")
        + ", currentEpoch="
        + Long.toUnsignedString(currentEpoch)
        + "]";
  }
}
