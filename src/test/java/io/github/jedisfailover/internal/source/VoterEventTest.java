package io.github.jedisfailover.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.topology.NodeAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoterEventTest {
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          +switch-master     | g 10.0.0.1 6379 10.0.0.2 6380                      | g    | 10.0.0.2:6380
          +switch-master     | g 10.0.0.1 6379 10.0.0.2 x                         | g    | none
          +switch-master     | g 10.0.0.1 6379                                    | none | none
          +promoted-slave    | slave h:1 10.0.0.2 6380 @ g 10.0.0.1 6379          | g    | 10.0.0.2:6380
          +promoted-slave    | slave h:1 10.0.0.2 0 @ g 10.0.0.1 6379             | g    | none
          +slave             | slave h:1 10.0.0.2 6380 @ g 10.0.0.1 6379          | g    | none
          +convert-to-slave  | slave h:1 10.0.0.2 6380 @ g 10.0.0.1 6379          | g    | none
          +slave-reconf-done | slave h:1 10.0.0.2                                 | none | none
          +sdown             | slave h:1 10.0.0.2 6380 @ g 10.0.0.1 6379          | g    | none
          +sdown             | master g 10.0.0.1 6379                             | g    | none
          +odown             | master g 10.0.0.1 6379 #quorum 2/2                 | g    | none
          +sdown             | sentinel abc 10.0.1.1 26379 @ g 10.0.0.1 6379      | none | none
          +sdown             | master                                             | none | none
          -sdown             | ''                                                 | none | none
          """)
  void tellsWhatItIsAbout(String channel, String payload, String group, String promoted) {
    var event = VoterEvent.of(channel, payload);
    assertThat(event.map(VoterEvent::group).orElse(null)).isEqualTo(group);
    assertThat(event.flatMap(VoterEvent::promoted).map(NodeAddress::toString).orElse(null))
        .isEqualTo(promoted);
    assertThat(event.map(VoterEvent::trouble).orElse(false))
        .isEqualTo(group != null && payload.startsWith("master"));
  }
}
