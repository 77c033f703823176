package io.github.jedisfailover.internal.monitor.wire;

/**
 * What a request may measure.
 *
 * @param requestBytes whole request, protocol bytes included
 * @param arguments the command included
 * @param bulkBytes one argument
 * @param reason begins the error about arguments and bulk: {@code invalid} or {@code
 *     unauthenticated}
 */
public record RequestLimits(int requestBytes, int arguments, int bulkBytes, String reason) {
  /** 64 KiB, 64 arguments of 16 KiB. */
  public static final RequestLimits DEFAULT = of(64 * 1024, 64, 16 * 1024);

  private static final int STRANGER_ARGUMENTS = 10;
  private static final int STRANGER_BULK = 16 * 1024;

  public static RequestLimits of(int requestBytes, int arguments, int bulkBytes) {
    return new RequestLimits(requestBytes, arguments, bulkBytes, "invalid");
  }

  /** For who still has to log in: Redis' own limits, if they are the smaller ones. */
  public RequestLimits beforeLogin() {
    return new RequestLimits(
        requestBytes,
        Math.min(arguments, STRANGER_ARGUMENTS),
        Math.min(bulkBytes, STRANGER_BULK),
        "unauthenticated");
  }
}
