package io.github.jedisfailover.internal.monitor.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.monitor.core.Hello;
import io.github.jedisfailover.topology.NodeAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelloCodecTest {
  /** As a real Sentinel 7.0.15 sent it. */
  private static final String REAL =
      "127.0.0.1,40102,f71a0ce6dcdb19edc3669b52448d0035ecfadd39,1,mymaster,127.0.0.1,40002,1";

  @Test
  void readsAndWritesWhatARealSentinelSends() {
    Hello hello = HelloCodec.decode(REAL).orElseThrow();
    assertThat(hello)
        .isEqualTo(
            new Hello(
                new NodeAddress("127.0.0.1", 40102),
                "f71a0ce6dcdb19edc3669b52448d0035ecfadd39",
                1,
                "mymaster",
                new NodeAddress("127.0.0.1", 40002),
                1));
    assertThat(HelloCodec.encode(hello)).isEqualTo(REAL);
  }

  @Test
  void takesTheHighestEpochBelowTheLimitAndNoHigher() {
    long last = Epochs.LIMIT - 1;
    assertThat(HelloCodec.decode(REAL.replace(",1,mymaster", "," + last + ",mymaster")))
        .map(Hello::currentEpoch)
        .contains(last);
    assertThat(HelloCodec.decode(REAL.replace(",1,mymaster", "," + Epochs.LIMIT + ",mymaster")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",,,,,,,",
        "127.0.0.1,1,f71a0ce6dcdb19edc3669b52448d0035ecfadd39,1,m,127.0.0.1,2",
        "127.0.0.1,1,f71a0ce6dcdb19edc3669b52448d0035ecfadd39,1,m,127.0.0.1,2,1,9",
        "127.0.0.1,1,f71a0ce6dcdb19edc3669b52448d0035ecfadd39,-1,m,127.0.0.1,2,1",
        "127.0.0.1,1,f71a0ce6dcdb19edc3669b52448d0035ecfadd39,1,m,127.0.0.1,2,-1",
        "127.0.0.1,1,f71a0ce6dcdb19edc3669b52448d0035ecfadd39,18446744073709551615,m,127.0.0.1,2,1",
        "127.0.0.1,1,f71a0ce6dcdb19edc3669b52448d0035ecfadd39,1,m,127.0.0.1,2,9223372036854775807",
        "127.0.0.1,1,short,1,m,127.0.0.1,2,1",
        "127.0.0.1,0,f71a0ce6dcdb19edc3669b52448d0035ecfadd39,1,m,127.0.0.1,2,1",
        "127.0.0.1,1,f71a0ce6dcdb19edc3669b52448d0035ecfadd39,1,,127.0.0.1,2,1",
        "127.0.0.1,1,f71a0ce6dcdb19edc3669b52448d0035ecfadd39,1,m,127.0.0.1,65536,1"
      })
  void anythingElseIsNoHello(String text) {
    assertThat(HelloCodec.decode(text)).isEmpty();
  }
}
