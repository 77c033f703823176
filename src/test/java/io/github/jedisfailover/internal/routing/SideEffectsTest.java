package io.github.jedisfailover.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.config.RetryPolicy;
import io.github.jedisfailover.config.SideEffect;
import io.github.jedisfailover.internal.routing.RepeatsPage.Example;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

class SideEffectsTest {
  @Test
  void thePageTellsTheSideEffectOfEachExample() {
    List<Example> examples = RepeatsPage.byArguments();
    assertThat(examples).hasSizeGreaterThan(80);
    for (Example e : examples) {
      assertThat(of(e.command())).as(e.command()).isEqualTo(e.effect());
    }
    RepeatsPage.byName().stream()
        .filter(Example::comparable)
        .forEach(e -> assertThat(of(e.command())).as(e.command()).isEqualTo(e.effect()));
  }

  /** Fails with the lists as they should be. */
  @Test
  void thePageListsEveryCommandOfJedisOnce() {
    Set<String> byArguments =
        RepeatsPage.byArguments().stream().map(Example::name).collect(Collectors.toSet());
    Map<SideEffect, Set<String>> expected = new EnumMap<>(SideEffect.class);
    for (SideEffect effect : SideEffect.values()) {
      expected.put(effect, new TreeSet<>());
    }
    RegistryFlags flags = new RegistryFlags();
    for (Protocol.Command command : Protocol.Command.values()) {
      String name = CommandNames.upper(command);
      SideEffect effect = SideEffects.of(new CommandArguments(command));
      boolean plainRead =
          effect == SideEffect.READ && flags.changesNothing(new CommandArguments(command));
      if (!byArguments.contains(name) && !plainRead) {
        expected.get(effect).add(name);
      }
    }
    List<String> rows =
        Arrays.stream(SideEffect.values()).map(e -> row(e, expected.get(e))).toList();
    assertThat(RepeatsPage.rowsOfNames()).isEqualTo(rows);
  }

  private static String row(SideEffect effect, Set<String> names) {
    String listed = names.stream().map(n -> "`" + n + "`").collect(Collectors.joining(", "));
    return "| `" + effect + "` | " + listed + " |";
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          set k v ex 10         | LAST_WRITE_WINS
          SET k NX              | LAST_WRITE_WINS
          SET k v FUTURE        | NEVER
          ZADD k -inf m         | LAST_WRITE_WINS
          ZADD k 1 INCR         | LAST_WRITE_WINS
          ZADD k GT CH 1 m      | CHECKED
          ZADD k CH INCR 1 m    | ACCUMULATES
          ZADD k FUTURE 1 m     | NEVER
          ZADD k                | NEVER
          XADD s MAXLEN 5 * f v | ACCUMULATES
          XADD s 5-* f v        | ACCUMULATES
          HSET k f EX           | LAST_WRITE_WINS
          SORT k BY nosort      | READ
          SORT k STORE k        | ACCUMULATES
          EVAL x 0              | NEVER
          EVALSHA x 0           | NEVER
          EVAL_RO x 0           | READ
          FCALL f 0             | NEVER
          PUBLISH c m           | NEVER
          FLUSHALL              | NEVER
          XREAD BLOCK 0 STREAMS s 0 | READ
          FT.CURSOR READ i 1    | NEVER
          FT.CURSOR DEL i 1     | NEVER
          BF.SCANDUMP k 0       | NEVER
          CF.SCANDUMP k 0       | NEVER
          ARSCAN k 0 9          | READ
          TS.READ k 0 BLOCK 9 1 | READ
          JSON.SET k $ 1        | NEVER
          JSON.GET k            | READ
          SOMETHING k           | NEVER
          """)
  void looksAtNameAndArguments(String command, SideEffect expected) {
    assertThat(of(command)).isEqualTo(expected);
  }

  @Test
  void aPolicyRepeatsReadsAndWhatItWasTold() {
    assertThat(RetryPolicy.DEFAULT.repeats()).containsExactly(SideEffect.READ);
    assertThat(RetryPolicy.DEFAULT.repeatingIdempotentWrites().repeats())
        .containsExactly(SideEffect.READ, SideEffect.LAST_WRITE_WINS);
    assertThat(RetryPolicy.DEFAULT.repeating(SideEffect.CHECKED, SideEffect.ACCUMULATES).repeats())
        .containsExactly(SideEffect.READ, SideEffect.CHECKED, SideEffect.ACCUMULATES);
    assertThatThrownBy(() -> RetryPolicy.DEFAULT.repeating(SideEffect.NEVER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("repeats must not contain NEVER: such commands are not repeated, was [NEVER]");
  }

  private static SideEffect of(String command) {
    return SideEffects.of(CommandClassifierTest.arguments(command));
  }
}
