package io.github.jedisfailover.internal.monitor.acl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "*,+sdown,true",
    "+s*,+sdown,true",
    "+s?own,+sdown,true",
    "-*,+sdown,false",
    "[-+]sdown,-sdown,true",
    "[^+]sdown,+sdown,false",
    "\\*,*,true",
    "\\*,x,false",
    "a*b*c,aXbYc,true",
    "a*b*c,aXbY,false"
  })
  void matchesPatternsAsRedis(String pattern, String channel, boolean expected) {
    assertThat(Glob.matches(pattern, channel)).isEqualTo(expected);
  }
}
