package io.github.jedisfailover.integration.opentelemetry;

import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Whether OpenTelemetry's Java agent runs here and instruments Jedis, by its class and its own
 * switches.
 *
 * @param present whether the agent's class is there
 * @param settings its settings by the names of system properties; {@code null} for what is not set
 */
record AgentCheck(boolean present, UnaryOperator<String> settings) {
  private static final String AGENT = "io/opentelemetry/javaagent/OpenTelemetryAgent.class";

  static AgentCheck ofThisJvm() {
    // A -javaagent is put on the class path of the system's loader, whoever loads the application.
    boolean present = ClassLoader.getSystemClassLoader().getResource(AGENT) != null;
    return new AgentCheck(present, AgentCheck::setting);
  }

  private static String setting(String name) {
    String property = System.getProperty(name);
    String variable = name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    return property != null ? property : System.getenv(variable);
  }

  boolean makesSpansOfJedis() {
    boolean all = isOn("otel.instrumentation.common.default-enabled", true);
    return present
        && isOn("otel.javaagent.enabled", true)
        && isOn("otel.instrumentation.jedis.enabled", all);
  }

  private boolean isOn(String name, boolean otherwise) {
    String value = settings.apply(name);
    return value == null ? otherwise : Boolean.parseBoolean(value.trim());
  }
}
