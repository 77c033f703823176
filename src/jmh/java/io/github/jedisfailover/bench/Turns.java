package io.github.jedisfailover.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The turns of one JVM in their order: there and back, so that nobody is always the first. */
final class Turns {
  private static final List<Client> ORDER =
      List.of(Client.RAW, Client.OURS, Client.PAIR, Client.PAIR, Client.OURS, Client.RAW);
  static final int ROUND = ORDER.size();
  private static final int CLIENTS = Client.values().length;

  private record Turn(Client client, double speed, double bytes) {}

  private final List<Turn> turns = new ArrayList<>();

  static Client client(int turn) {
    return ORDER.get(turn % ROUND);
  }

  void add(double speed, double bytes) {
    turns.add(new Turn(client(turns.size()), speed, bytes));
  }

  static List<Double> speeds(List<Turns> forks, Client client) {
    return of(forks, client, Turn::speed);
  }

  static List<Double> bytes(List<Turns> forks, Client client) {
    return of(forks, client, Turn::bytes);
  }

  private static List<Double> of(List<Turns> forks, Client client, ToDoubleFunction<Turn> what) {
    return forks.stream()
        .flatMap(fork -> fork.turns.stream())
        .filter(turn -> turn.client() == client)
        .map(what::applyAsDouble)
        .toList();
  }

  /** Speed against plain Jedis in the same half round, a fraction of a second away. */
  static List<Double> ratios(List<Turns> forks, Client client) {
    List<Double> ratios = new ArrayList<>();
    for (Turns fork : forks) {
      for (int half = 0; half + CLIENTS <= fork.turns.size(); half += CLIENTS) {
        List<Turn> three = fork.turns.subList(half, half + CLIENTS);
        ratios.add(speed(three, client) / speed(three, Client.RAW));
      }
    }
    return ratios;
  }

  private static double speed(List<Turn> turns, Client client) {
    return turns.stream().filter(t -> t.client() == client).findFirst().orElseThrow().speed();
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The median and its 95 % interval by ranks: no assumption on how the values are spread. */
  static String withInterval(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    double spread = 0.98 * Math.sqrt(sorted.size());
    int low = (int) Math.max(0, Math.floor(sorted.size() / 2.0 - spread));
    int high = (int) Math.min(sorted.size() - 1, Math.ceil(sorted.size() / 2.0 + spread));
    return String.format(
        Locale.ROOT, "%.3f [%.3f - %.3f]", median(sorted), sorted.get(low), sorted.get(high));
  }
}
