package io.github.jedisfailover.internal.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Names and values out of what configuration files are read into. */
public final class SettingMap {
  private static final Set<String> PAIRS = Set.of("addressMap", "zones");

  /** Its parts have commas of their own. */
  private static final String LINES = "listener.users";

  private SettingMap() {}

  /**
   * Maps inside of the map give names with dots: {@code retry: {maxAttempts: 3}} is {@code
   * retry.maxAttempts}. Lists and arrays become texts with commas.
   *
   * @throws IllegalArgumentException if a value is null or a name stands there twice
   */
  public static Map<String, String> flat(Map<?, ?> map) {
    Map<String, String> flat = new LinkedHashMap<>();
    flatten("", map, flat);
    return flat;
  }

  private static void flatten(String prefix, Map<?, ?> map, Map<String, String> flat) {
    map.forEach(
        (key, value) -> {
          String name = prefix + key;
          if (value instanceof Map<?, ?> inner && !PAIRS.contains(name)) {
            flatten(name + ".", inner, flat);
          } else if (flat.putIfAbsent(name, text(name, value)) != null) {
            throw new IllegalArgumentException(name + " must be given once, was given twice");
          }
        });
  }

  private static String text(String name, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " must have a value, was null");
    }
    if (value instanceof Map<?, ?> pairs) {
      return pairs.entrySet().stream()
          .map(e -> e.getKey() + "=" + e.getValue())
          .collect(Collectors.joining(","));
    }
    if (value instanceof Object[] array) {
      return text(name, Arrays.asList(array));
    }
    return value instanceof Collection<?> parts
        ? parts.stream()
            .map(String::valueOf)
            .collect(Collectors.joining(name.equals(LINES) ? "\n" : ","))
        : value.toString();
  }

  /** Those whose names begin with the prefix, without it; defaults of the properties included. */
  public static Map<String, String> of(Properties properties, String prefix) {
    Map<String, String> named = new LinkedHashMap<>();
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      if (name.startsWith(prefix)) {
        named.put(name.substring(prefix.length()), properties.getProperty(name));
      }
    }
    return named;
  }
}
