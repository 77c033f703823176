package io.github.jedisfailover.internal.monitor.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CipherNamesTest {
  private static final List<String> SUITES =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
          "TLS_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_RSA_WITH_AES_256_CBC_SHA");

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, ECDHE-ECDSA-AES256-GCM-SHA384",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, ECDHE-RSA-CHACHA20-POLY1305",
    "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256, DHE-RSA-AES128-SHA256",
    "TLS_RSA_WITH_AES_256_CBC_SHA, AES256-SHA",
    "TLS_AES_128_GCM_SHA256, TLS_AES_128_GCM_SHA256"
  })
  void suitesHaveOpenSslsNames(String suite, String name) {
    assertThat(CipherNames.openSsl(suite)).isEqualTo(name);
  }

  /** Numbers are places in the list above. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "AES256-SHA:NOSUCH:ECDHE-RSA-CHACHA20-POLY1305, 51",
    "DEFAULT, 012345",
    "DEFAULT:!kRSA, 0123",
    "HIGH:!aNULL:!MD5, 012345",
    "ECDHE+AESGCM:CHACHA20, 01",
    "!ECDHE:ALL, 245",
    "ALL:-ECDHE:ECDHE+AESGCM, 2450",
    "ALL:+ECDHE, 245013",
    "SHA1:@STRENGTH, 35",
    "ECDSA aRSA+SHA384, 0",
    "NOSUCH, ''"
  })
  void listsChooseInTheirOrder(String list, String places) {
    assertThat(CipherNames.chosen(list, SUITES))
        .containsExactlyElementsOf(places.chars().mapToObj(c -> SUITES.get(c - '0')).toList());
  }
}
