package io.github.jedisfailover.integration.spring;

import io.github.jedisfailover.internal.settings.NamedSettings;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Names the nearest setting that exists, which Boot's own analyzer cannot. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownSettingFailureAnalyzer
    extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {
  private static final String PREFIX = JedisFailoverProperties.PREFIX + ".";

  @Override
  protected FailureAnalysis analyze(
      Throwable root, UnboundConfigurationPropertiesException unbound) {
    boolean ours =
        unbound.getUnboundProperties().stream()
            .allMatch(p -> p.getName().toString().startsWith(PREFIX));
    if (!ours) {
      return null; // another analyzer's
    }
    String described =
        unbound.getUnboundProperties().stream()
            .map(UnknownSettingFailureAnalyzer::described)
            .collect(Collectors.joining());
    return new FailureAnalysis(
        "Jedis Failover has no such setting:\n" + described,
        "Correct the name, or remove it.",
        unbound);
  }

  private static String described(ConfigurationProperty property) {
    String name = property.getName().toString();
    String nearest =
        NamedSettings.nearest(name.substring(PREFIX.length()))
            .map(n -> ", did you mean " + PropertyNames.property(n) + "?")
            .orElse("");
    String origin = property.getOrigin() == null ? "" : "\n    Origin: " + property.getOrigin();
    return "\n    Property: " + name + nearest + origin;
  }
}
