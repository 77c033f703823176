package io.github.jedisfailover.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jedisfailover.config.ListenerTls.ClientCertificates;
import io.github.jedisfailover.topology.NodeAddress;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MonitorTlsTest {
  private final MonitorConfig.Builder config = MonitorConfig.builder().voters("v1:1", "v2:2");
  private SSLContext context;

  @BeforeEach
  void makeContext() throws NoSuchAlgorithmException {
    context = SSLContext.getDefault();
  }

  private void listenerOn(int tlsPort) {
    ListenerTls tls = new ListenerTls(tlsPort, context, ClientCertificates.NONE);
    config.listen(new NodeAddress("v1", 1)).listener(ListenerConfig.builder().tls(tls).build());
  }

  @Test
  void anObserverNeedsTheContextOnly() {
    assertThat(config.build().voterTls()).isEmpty();
    assertThat(config.voterTls(context).build().voterTls()).containsSame(context);
  }

  @Test
  void aVoterSpeaksItAtItsOwnAddress() {
    listenerOn(1);
    assertThat(config.voterTls(context).build().voterTls()).containsSame(context);
  }

  @Test
  void withoutTheSettingThePortIsAnotherOne() {
    listenerOn(3);
    assertThat(config.build().voterTls()).isEmpty();
    listenerOn(1);
    assertThatThrownBy(config::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "voterTls must be set when the port of the listener's tls is that of listen, 1,"
                + " was not set");
  }

  @Test
  void aVoterThatOthersCouldNotReachIsRefused() {
    config.voterTls(context).listen(new NodeAddress("v1", 1));
    assertThatThrownBy(config::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the port of the listener's tls must be that of listen, 1, when voterTls is set, was"
                + " not set");
    listenerOn(3);
    assertThatThrownBy(config::build).hasMessageEndingWith("was 3");
  }
}
