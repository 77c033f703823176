package io.github.jedisfailover.integration.spring;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings by the library's names; what is not set is not there. Not thread-safe. */
final class SettingValues {
  private final Map<String, Object> values = new LinkedHashMap<>();

  /**
   * Keeps it if it says something.
   *
   * @param value {@code null}, or an empty list: not set
   */
  void put(String name, Object value) {
    if (value != null && !(value instanceof Collection<?> parts && parts.isEmpty())) {
      values.put(name, value);
    }
  }

  void remove(String... names) {
    for (String name : names) {
      values.remove(name);
    }
  }

  Map<String, Object> all() {
    return Collections.unmodifiableMap(values);
  }
}
