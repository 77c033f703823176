package io.github.jedisfailover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTokenTest {
  private static final String ID = "8c7d8f3f3a4c1c5f6bb1f0f57b5b6a9f4c2f0b11";

  @Test
  void travelsAsText() {
    SessionToken token = new SessionToken(ID, 4256);
    assertThat(token).hasToString(ID + ":4256");
    assertThat(SessionToken.parse(token.toString())).isEqualTo(token);
    assertThat(SessionToken.parse(SessionToken.NONE.toString())).isEqualTo(SessionToken.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", ID, ID + ":", ID + ":-1", ID + ":1x", "Z" + ID + ":1", ":0"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> SessionToken.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("token must be 'none' or 40 hex digits, ':' and an offset, was '" + text + "'");
  }
}
