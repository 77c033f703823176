package io.github.jedisfailover.testing.junit;

import io.github.jedisfailover.RedisFailoverClient;
import io.github.jedisfailover.testing.ReplicatedRedis;
import io.github.jedisfailover.testing.ReplicatedRedisBuilder;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * Starts a {@link ReplicatedRedis} for tests, hands it and its {@link ReplicatedRedis#client()} to
 * parameters of these types, heals it before each test and closes it.
 *
 * <p>With {@link WithReplicatedRedis} on the class, or registered with settings of one's own:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ReplicatedRedisExtension REDIS =
 *     ReplicatedRedisExtension.of(ReplicatedRedis.builder().password("secret"));
 * }</pre>
 *
 * <p>Registered in a static field it lives as long as the class, nested classes included, and keeps
 * its data; in an instance field as long as one test. Tests of one class must not run at the same
 * time: they share the faults.
 */
public final class ReplicatedRedisExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver {
  private static final Namespace SPACE = Namespace.create(ReplicatedRedisExtension.class);

  private final Optional<ReplicatedRedisBuilder> settings;

  /** For {@link WithReplicatedRedis}, whose values count. */
  public ReplicatedRedisExtension() {
    this.settings = Optional.empty();
  }

  private ReplicatedRedisExtension(ReplicatedRedisBuilder settings) {
    this.settings = Optional.of(settings);
  }

  /**
   * For {@code @RegisterExtension}.
   *
   * @param settings of each one that is started
   * @return the extension
   */
  public static ReplicatedRedisExtension of(ReplicatedRedisBuilder settings) {
    return new ReplicatedRedisExtension(Objects.requireNonNull(settings, "settings"));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (!perTest(context)) {
      startIfNone(context);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (!startIfNone(context)) {
      find(context).orElseThrow().heal();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    closeOwn(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    closeOwn(context);
  }

  private boolean startIfNone(ExtensionContext context) {
    if (find(context).isPresent()) {
      return false; // of the class, or of the class around this one
    }
    store(context).put(key(context), start(context));
    return true;
  }

  private ReplicatedRedis start(ExtensionContext context) {
    try {
      return settings.orElseGet(() -> settings(annotation(context))).start();
    } catch (UnsupportedOperationException e) {
      throw new TestAbortedException(e.getMessage(), e);
    }
  }

  /** Of this context alone: what a context around it has put there stays. */
  private void closeOwn(ExtensionContext context) {
    Object own = store(context).remove(key(context));
    if (own instanceof ReplicatedRedis redis) {
      redis.close();
    }
  }

  private Optional<ReplicatedRedis> find(ExtensionContext context) {
    return Optional.ofNullable(store(context).get(key(context), ReplicatedRedis.class));
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(SPACE);
  }

  /** Two extensions of one class, or other values at a nested class, have one each. */
  private Object key(ExtensionContext context) {
    return settings.isPresent() ? this : annotation(context);
  }

  private boolean perTest(ExtensionContext context) {
    return settings.isEmpty()
        && annotation(context).lifecycle() == WithReplicatedRedis.Lifecycle.PER_TEST;
  }

  private static WithReplicatedRedis annotation(ExtensionContext context) {
    Optional<Class<?>> at = context.getTestClass();
    while (at.isPresent()) {
      Optional<WithReplicatedRedis> found =
          AnnotationSupport.findAnnotation(at.get(), WithReplicatedRedis.class);
      if (found.isPresent()) {
        return found.get();
      }
      at = at.map(Class::getEnclosingClass);
    }
    throw new IllegalStateException(
        "ReplicatedRedisExtension needs @WithReplicatedRedis on the test class, or"
            + " ReplicatedRedisExtension.of(..) in a field with @RegisterExtension");
  }

  private static ReplicatedRedisBuilder settings(WithReplicatedRedis values) {
    ReplicatedRedisBuilder builder =
        ReplicatedRedis.builder()
            .replicas(values.replicas())
            .monitors(values.monitors())
            .downAfter(Duration.ofMillis(values.downAfterMillis()));
    if (!values.password().isEmpty()) {
      builder.password(values.password());
    }
    return values.partitions() ? builder.partitions() : builder;
  }

  /** What a constructor is given belongs to the test, not to the class. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == ReplicatedRedis.class || type == RedisFailoverClient.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    startIfNone(context); // a constructor comes before the callbacks of its test
    ReplicatedRedis redis = find(context).orElseThrow();
    return parameter.getParameter().getType() == ReplicatedRedis.class ? redis : redis.client();
  }
}
