package io.github.jedisfailover.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.config.ListenerTls.ClientCertificates;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ListenerConfigTest {
  @Test
  void theDefaultsAreThoseOfTheDocuments() {
    ListenerConfig config = ListenerConfig.DEFAULT;
    assertThat(config.bind()).isEmpty();
    assertThat(config.requirePass()).isEmpty();
    assertThat(config.users()).isEmpty();
    assertThat(config.aclFile()).isEmpty();
    assertThat(config.aclLogMaxLen()).isEqualTo(128);
    assertThat(config.protectedMode()).isFalse();
    assertThat(config.maxClients()).isEqualTo(1024);
    assertThat(config.timeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.maxRequestBytes()).isEqualTo(64 * 1024);
    assertThat(config.maxArguments()).isEqualTo(64);
    assertThat(config.pubSubBuffer())
        .isEqualTo(new PubSubBuffer(1024 * 1024, 256 * 1024, Duration.ofMinutes(1)));
    assertThat(config.tls()).isEmpty();
  }

  private static Arguments row(UnaryOperator<ListenerConfig.Builder> setter, String message) {
    return Arguments.of(setter, message);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        row(b -> b.maxClients(0), "maxClients must be 1..10000, was 0"),
        row(b -> b.aclLogMaxLen(-1), "aclLogMaxLen must be 0..10000, was -1"),
        row(b -> b.timeout(Duration.ofHours(25)), "timeout must be 0 ms..86400000 ms, was"),
        row(b -> b.maxRequestBytes(1023), "maxRequestBytes must be 1024..16777216, was 1023"),
        row(b -> b.maxArguments(9), "maxArguments must be 10..100000, was 9"),
        row(
            b -> b.pubSubBuffer(new PubSubBuffer(2048, 4096, Duration.ZERO)),
            "softBytes must be 1024..2048, was 4096"),
        row(
            b -> b.tls(new ListenerTls(0, context(), ClientCertificates.NONE)),
            "port must be 1..65535, was 0"),
        row(
            b -> b.aclFile(Path.of("f")).requirePass("x"),
            "aclFile must not be set together with users or requirePass, was f"));
  }

  private static SSLContext context() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("wrong")
  void refusesNamingTheSettingTheRuleAndTheValue(
      UnaryOperator<ListenerConfig.Builder> setter, String message) {
    assertThatThrownBy(() -> setter.apply(ListenerConfig.builder()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
