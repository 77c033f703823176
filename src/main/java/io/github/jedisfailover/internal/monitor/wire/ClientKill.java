package io.github.jedisfailover.internal.monitor.wire;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/** CLIENT KILL in its old form, by address, and with filters that all have to fit. */
final class ClientKill {
  private final Request request;
  private Predicate<ClientFacts> fits = c -> true;
  private boolean sparesCaller = true;

  private ClientKill(Request request) {
    this.request = request;
  }

  static Served serve(Request request) {
    ClientKill kill = new ClientKill(request);
    if (request.size() == 3) {
      kill.sparesCaller = false;
      kill.fits = c -> c.address().equals(request.arg(2));
      return kill.done(true);
    }
    for (int i = 2; i < request.size(); i += 2) {
      String error = i + 1 < request.size() ? kill.filter(i) : ClientCommands.SYNTAX;
      if (error != null) {
        return request.error(error);
      }
    }
    return kill.done(false);
  }

  /** The error, or {@code null}. */
  private String filter(int at) {
    String value = request.arg(at + 1);
    String lower = request.lower(at + 1);
    switch (request.lower(at)) {
      case "id" -> {
        OptionalLong id = Numbers.parse(value);
        if (id.isEmpty() || id.getAsLong() < 1) {
          return "ERR client-id should be greater than 0";
        }
        fits = fits.and(c -> c.state().id() == id.getAsLong());
      }
      case "type" -> {
        if (!ClientCommands.isType(lower)) {
          return ClientCommands.unknownType(value);
        }
        fits = fits.and(c -> c.type().equals(lower));
      }
      case "addr" -> fits = fits.and(c -> c.address().equals(value));
      case "laddr" -> fits = fits.and(c -> c.localAddress().equals(value));
      case "user" -> {
        if (request.server().access().users().find(value).isEmpty()) {
          return "ERR No such user '" + value + "'";
        }
        fits = fits.and(c -> c.state().user().equals(value));
      }
      case "skipme" -> {
        if (!Set.of("yes", "no").contains(lower)) {
          return ClientCommands.SYNTAX;
        }
        sparesCaller = lower.equals("yes");
      }
      default -> {
        return ClientCommands.SYNTAX;
      }
    }
    return null;
  }

  private Served done(boolean oldForm) {
    long me = request.client().id();
    List<Long> found =
        ClientCommands.all(request).stream()
            .filter(fits)
            .map(c -> c.state().id())
            .filter(id -> id != me || !sparesCaller)
            .toList();
    Set<Long> others = new HashSet<>(found);
    boolean suicide = others.remove(me);
    request.server().clients().close(others);
    Reply reply = new Reply.Int(found.size());
    if (oldForm) {
      reply = found.isEmpty() ? new Reply.Error("ERR No such client") : Reply.OK;
    }
    return new Served.Answer(reply, request.client(), suicide);
  }
}
