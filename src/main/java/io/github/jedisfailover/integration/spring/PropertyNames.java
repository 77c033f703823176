package io.github.jedisfailover.integration.spring;

import io.github.jedisfailover.internal.settings.NamedSettings;
import java.util.Comparator;
import java.util.Optional;

/** The library's names and those of the properties: {@code callTimeout}, {@code call-timeout}. */
final class PropertyNames {
  private PropertyNames() {}

  static String property(String setting) {
    StringBuilder property = new StringBuilder(JedisFailoverProperties.PREFIX).append('.');
    for (char c : setting.toCharArray()) {
      if (Character.isUpperCase(c)) {
        property.append('-');
      }
      property.append(Character.toLowerCase(c));
    }
    return property.toString();
  }

  /** Messages of the library begin with the setting that they are about. */
  static Optional<String> settingIn(String message) {
    return NamedSettings.names().stream()
        .filter(n -> message.startsWith(n + " ") || message.startsWith(n + ":"))
        .max(Comparator.comparingInt(String::length));
  }
}
