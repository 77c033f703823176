package io.github.jedisfailover.internal.settings;

import java.util.function.BiConsumer;

/**
 * One name and what its value does.
 *
 * @param secret whether no message may show the value
 */
record Setting(String name, boolean secret, BiConsumer<Draft, Text> effect) {
  static Setting of(String name, BiConsumer<Draft, Text> effect) {
    return new Setting(name, false, effect);
  }

  static Setting secret(String name, BiConsumer<Draft, Text> effect) {
    return new Setting(name, true, effect);
  }

  /**
   * Checks the value and keeps it.
   *
   * @throws IllegalArgumentException naming the setting, the rule and, unless it is a secret, the
   *     value
   */
  void apply(Draft draft, String value) {
    try {
      effect.accept(draft, new Text(name, value));
    } catch (IllegalArgumentException e) {
      if (secret) {
        // not even as the cause: its message has the value
        throw new IllegalArgumentException(name + " is not valid, was hidden: it is a secret");
      }
      throw named(e);
    }
  }

  /** A builder names its own setter; here that is the last part of the name. */
  private IllegalArgumentException named(IllegalArgumentException e) {
    String setter = name.substring(name.lastIndexOf('.') + 1);
    String message = String.valueOf(e.getMessage());
    return message.startsWith(setter + " ") && !setter.equals(name)
        ? new IllegalArgumentException(name + message.substring(setter.length()), e)
        : e;
  }
}
