package io.github.jedisfailover.internal.monitor.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** CLIENT TRACKING and what belongs to it: a Sentinel takes them although it has no keys. */
final class ClientTracking {
  Map<String, Command> subcommands() {
    return Map.of(
        "tracking", new Command(-3, ClientTracking::tracking),
        "trackinginfo", new Command(2, ClientTracking::info),
        "caching", new Command(3, ClientTracking::caching),
        "getredir", new Command(2, r -> r.answer(new Reply.Int(r.client().tracking().redirect()))));
  }

  private static Served tracking(Request request) {
    List<String> flags = new ArrayList<>(List.of("on"));
    List<String> prefixes = new ArrayList<>();
    long redirect = 0;
    for (int i = 3; i < request.size(); i++) {
      boolean more = i + 1 < request.size();
      String option = request.lower(i);
      if (option.equals("redirect") && more) {
        i++;
        OptionalLong id = Numbers.parse(request.arg(i));
        String error = redirectError(request, redirect, id);
        if (error != null) {
          return request.error(error);
        }
        redirect = id.getAsLong();
      } else if (option.equals("prefix") && more) {
        i++;
        prefixes.add(request.arg(i));
      } else if (List.of("bcast", "optin", "optout", "noloop").contains(option)) {
        flags.add(option);
      } else {
        return request.error(ClientCommands.SYNTAX);
      }
    }
    return switched(request, new Tracking(flags, redirect, prefixes));
  }

  private static String redirectError(Request request, long before, OptionalLong id) {
    if (before != 0) {
      return "ERR A client can only redirect to a single other client";
    }
    if (id.isEmpty()) {
      return Numbers.INVALID;
    }
    boolean known =
        ClientCommands.all(request).stream().anyMatch(c -> c.state().id() == id.getAsLong());
    return known ? null : "ERR The client ID you want redirect to does not exist";
  }

  private static Served switched(Request request, Tracking wanted) {
    if (request.lower(2).equals("off")) {
      return request.answer(Reply.OK, request.client().tracking(Tracking.OFF));
    }
    if (!request.lower(2).equals("on")) {
      return request.error(ClientCommands.SYNTAX);
    }
    String error = conflict(request.client().tracking(), wanted);
    return error == null
        ? request.answer(Reply.OK, request.client().tracking(wanted))
        : request.error(error);
  }

  /** The error, or {@code null}. */
  private static String conflict(Tracking now, Tracking wanted) {
    boolean broadcast = wanted.has("bcast");
    if (!broadcast && !wanted.prefixes().isEmpty()) {
      return "ERR PREFIX option requires BCAST mode to be enabled";
    }
    if (now.isOn() && now.has("bcast") != broadcast) {
      return "ERR You can't switch BCAST mode on/off before disabling tracking for this client,"
          + " and then re-enabling it with a different mode.";
    }
    if (broadcast && (wanted.has("optin") || wanted.has("optout"))) {
      return "ERR OPTIN and OPTOUT are not compatible with BCAST";
    }
    if (wanted.has("optin") && wanted.has("optout")) {
      return "ERR You can't specify both OPTIN mode and OPTOUT mode";
    }
    if (wanted.has("optin") && now.has("optout") || wanted.has("optout") && now.has("optin")) {
      return "ERR You can't switch OPTIN/OPTOUT mode before disabling tracking for this client, and"
          + " then re-enabling it with a different mode.";
    }
    return null;
  }

  private static Served caching(Request request) {
    Tracking now = request.client().tracking();
    if (!now.isOn()) {
      return request.error(
          "ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or"
              + " OPTOUT mode enabled");
    }
    return switch (request.lower(2)) {
      case "yes" -> caching(request, now, "YES", "optin");
      case "no" -> caching(request, now, "NO", "optout");
      default -> request.error(ClientCommands.SYNTAX);
    };
  }

  private static Served caching(Request request, Tracking now, String word, String mode) {
    return now.has(mode)
        ? request.answer(Reply.OK)
        : request.error(
            "ERR CLIENT CACHING "
                + word
                + " is only valid when tracking is enabled in "
                + mode.toUpperCase(Locale.ROOT)
                + " mode.");
  }

  private static Served info(Request request) {
    Tracking now = request.client().tracking();
    List<Reply> flags = now.flags().stream().map(f -> (Reply) new Reply.Bulk(f)).toList();
    return request.answer(
        new Reply.Pairs(
            List.of(
                new Reply.Pair("flags", new Reply.Unordered(flags)),
                new Reply.Pair("redirect", new Reply.Int(now.redirect())),
                new Reply.Pair("prefixes", Reply.bulks(now.prefixes().toArray(String[]::new))))));
  }
}
