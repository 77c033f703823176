package io.github.jedisfailover.integration.spring;

import io.github.jedisfailover.internal.settings.NamedSettings;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says which property is wrong, where it stands, the rule, and what to do. */
final class WrongSettingFailureAnalyzer extends AbstractFailureAnalyzer<WrongSettingException> {
  private static final String PAGE =
      " The page Configuration of Jedis Failover's documentation has every setting with its range.";

  private final Environment environment;

  WrongSettingFailureAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected FailureAnalysis analyze(Throwable root, WrongSettingException wrong) {
    String message = String.valueOf(wrong.getMessage());
    Optional<String> setting = PropertyNames.settingIn(message);
    String what = setting.map(this::described).orElse("");
    return new FailureAnalysis(
        "A setting of Jedis Failover is wrong: " + message + what, action(message, setting), wrong);
  }

  private String described(String setting) {
    String property = PropertyNames.property(setting);
    StringBuilder text = new StringBuilder("\n\n    Property: ").append(property);
    Optional<ConfigurationProperty> given = given(property);
    if (given.isPresent() && !NamedSettings.isSecret(setting)) {
      text.append("\n    Value: \"").append(given.get().getValue()).append('"');
    }
    given
        .map(ConfigurationProperty::getOrigin)
        .ifPresent(origin -> text.append("\n    Origin: ").append(origin));
    return text.toString();
  }

  private Optional<ConfigurationProperty> given(String property) {
    ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      Optional<ConfigurationProperty> found =
          Stream.of(name, name.append("[0]"))
              .map(source::getConfigurationProperty)
              .filter(p -> p != null)
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static String action(String message, Optional<String> setting) {
    if (setting.isPresent()) {
      String property = PropertyNames.property(setting.get());
      boolean missing = message.startsWith(setting.get() + " must be set");
      return (missing ? "Set " : "Give another value to ") + property + "." + PAGE;
    }
    return message.startsWith("exactly one of")
        ? "Set one of jedis-failover.monitors (the voters, the same list in every JVM),"
            + " jedis-failover.sentinels (Redis Sentinels) and jedis-failover.static-nodes: true"
            + " (nobody monitors the nodes)."
            + PAGE
        : "Correct the settings under jedis-failover." + PAGE;
  }
}
