package io.github.jedisfailover.integration.opentelemetry;

import io.github.jedisfailover.metrics.CallObserver;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A span of kind {@code CLIENT} for each call, from its begin to its end with waits and repeats,
 * child of the span that is current:
 *
 * <pre>{@code
 * RedisFailoverClient.builder()
 *     .observeCalls(OpenTelemetryCalls.of(openTelemetry))
 * }</pre>
 *
 * <p>Its name is the command's; attributes by OpenTelemetry's conventions, and {@code
 * jedis.failover.node.role} and {@code jedis.failover.retries}. No keys, no values. Without {@code
 * observeCalls} there are no spans. Thread-safe.
 */
public final class OpenTelemetryCalls implements CallObserver {
  static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
  static final AttributeKey<String> OPERATION = AttributeKey.stringKey("db.operation.name");
  static final AttributeKey<Long> BATCH_SIZE = AttributeKey.longKey("db.operation.batch.size");
  static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("db.namespace");
  static final AttributeKey<String> STATUS = AttributeKey.stringKey("db.response.status_code");
  static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
  static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
  static final AttributeKey<String> ROLE = AttributeKey.stringKey("jedis.failover.node.role");
  static final AttributeKey<Long> RETRIES = AttributeKey.longKey("jedis.failover.retries");
  static final AttributeKey<String> CLIENT = AttributeKey.stringKey("jedis.failover.client");

  private static final Logger log = LoggerFactory.getLogger(OpenTelemetryCalls.class);
  private static final String SCOPE = "io.github.jedisfailover";

  private final Tracer tracer;

  private OpenTelemetryCalls(Tracer tracer) {
    this.tracer = tracer;
  }

  /**
   * Spans, unless OpenTelemetry's agent runs in this JVM and makes spans of Jedis' commands: then
   * nothing.
   *
   * @param openTelemetry makes the spans
   * @return for the builder's {@code observeCalls}
   */
  public static CallObserver of(OpenTelemetry openTelemetry) {
    Objects.requireNonNull(openTelemetry, "openTelemetry");
    return of(openTelemetry, AgentCheck.ofThisJvm().makesSpansOfJedis());
  }

  static CallObserver of(OpenTelemetry openTelemetry, boolean agent) {
    if (agent) {
      log.info("OpenTelemetry's agent makes spans of Jedis' commands: none are made here");
      return NONE;
    }
    return new OpenTelemetryCalls(openTelemetry.getTracer(SCOPE));
  }

  @Override
  public Call begin(String client, int database, String operation, int batchSize) {
    SpanBuilder builder =
        tracer
            .spanBuilder(operation)
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute(SYSTEM, "redis")
            .setAttribute(OPERATION, operation)
            .setAttribute(NAMESPACE, Integer.toString(database))
            .setAttribute(CLIENT, client);
    if (batchSize > 1) {
      builder.setAttribute(BATCH_SIZE, (long) batchSize);
    }
    Span span = builder.startSpan();
    return result -> end(span, result);
  }

  private static void end(Span span, Result result) {
    if (result.node() != null) {
      span.setAttribute(ADDRESS, result.node().host());
      span.setAttribute(PORT, (long) result.node().port());
      span.setAttribute(ROLE, result.role().name().toLowerCase(Locale.ROOT));
    }
    span.setAttribute(RETRIES, (long) result.retries());
    if (result.failure() != null) {
      String prefix = result.errorPrefix();
      String type = result.failure().getClass().getName();
      if (!prefix.isEmpty()) {
        span.setAttribute(STATUS, prefix);
      }
      span.setAttribute(ERROR, prefix.isEmpty() ? type : prefix);
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }
}
