package io.github.jedisfailover.integration.spring;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** It is known where the group is: by property, or by a bean. */
final class OnFailoverSettings extends AnyNestedCondition {
  OnFailoverSettings() {
    super(ConfigurationPhase.REGISTER_BEAN);
  }

  @Conditional(OnAddresses.class)
  static final class ByProperty {}

  @ConditionalOnBean(JedisFailoverConnectionDetails.class)
  static final class ByBean {}

  /** Lists may be written in several ways; only the binder knows all of them. */
  static final class OnAddresses extends SpringBootCondition {
    private static final List<String> NAMES = List.of("nodes", "sentinels");

    @Override
    public ConditionOutcome getMatchOutcome(
        ConditionContext context, AnnotatedTypeMetadata metadata) {
      ConditionMessage.Builder message = ConditionMessage.forCondition("Jedis Failover");
      return NAMES.stream()
          .map(PropertyNames::property)
          .filter(name -> isSet(context.getEnvironment(), name))
          .findFirst()
          .map(name -> ConditionOutcome.match(message.foundExactly(name)))
          .orElseGet(
              () ->
                  ConditionOutcome.noMatch(
                      message
                          .didNotFind("property", "properties")
                          .items(NAMES.stream().map(PropertyNames::property).toList())));
    }

    private static boolean isSet(Environment environment, String name) {
      return Binder.get(environment)
          .bind(name, Bindable.listOf(String.class))
          .map(addresses -> !addresses.isEmpty())
          .orElse(false);
    }
  }
}
