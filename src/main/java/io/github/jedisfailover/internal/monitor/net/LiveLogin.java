package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.Login;
import java.util.function.Supplier;
import redis.clients.jedis.JedisClientConfig;

/** Credentials that are looked up again at each connect: they can be set while we run. */
final class LiveLogin implements JedisClientConfig {
  private final Supplier<Login> login;

  LiveLogin(Supplier<Login> login) {
    this.login = login;
  }

  @Override
  public String getUser() {
    return given(login.get().user());
  }

  @Override
  public String getPassword() {
    return given(login.get().password());
  }

  private static String given(String text) {
    return text.isEmpty() ? null : text;
  }
}
