package io.github.jedisfailover.internal.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.config.SentinelDeparture;
import io.github.jedisfailover.internal.monitor.core.Departures;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DepartureSwitchesTest {
  private static List<String> switchedOff(Departures departures) {
    return Arrays.stream(Departures.class.getRecordComponents())
        .filter(component -> !on(component, departures))
        .map(RecordComponent::getName)
        .toList();
  }

  private static boolean on(RecordComponent component, Departures departures) {
    try {
      return (boolean) component.getAccessor().invoke(departures);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachSwitchesOffTheRuleOfItsName(SentinelDeparture departure) {
    String words = departure.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    Departures left = DepartureSwitches.without(EnumSet.of(departure));
    assertThat(switchedOff(left)).hasSize(1);
    assertThat(switchedOff(left).get(0)).isEqualToIgnoringCase(words.replace(" ", ""));
    assertThat(DepartureSwitches.without(words.replace(' ', '-'))).isEqualTo(left);
  }

  @Test
  void everyRuleHasASwitch() {
    assertThat(Departures.class.getRecordComponents()).hasSize(SentinelDeparture.values().length);
    assertThat(DepartureSwitches.without("all")).isEqualTo(Departures.NONE);
    assertThat(DepartureSwitches.without("")).isEqualTo(Departures.ALL);
    assertThat(switchedOff(DepartureSwitches.without("handover, epoch-cap")))
        .containsExactly("epochCap", "handover");
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> DepartureSwitches.without("handover,handOver"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("[synced-only, empty-master,", "was 'handOver'");
  }
}
