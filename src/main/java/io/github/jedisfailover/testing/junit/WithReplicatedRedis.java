package io.github.jedisfailover.testing.junit;

import io.github.jedisfailover.testing.ReplicatedRedis;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class that has a {@link ReplicatedRedis}: its methods and constructor may take that and a
 * {@link io.github.jedisfailover.RedisFailoverClient} as parameters. See {@link
 * ReplicatedRedisExtension} for its life, and to set more than is set here.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(ReplicatedRedisExtension.class)
public @interface WithReplicatedRedis {
  /** How long one lives. */
  enum Lifecycle {
    /** One for all tests of the class, healed before each; data stays. */
    PER_CLASS,
    /** A new one for each test, about two seconds each. */
    PER_TEST
  }

  /**
   * How many replicas.
   *
   * @return 0 to 20
   */
  int replicas() default 2;

  /**
   * How many monitors.
   *
   * @return 1 to 15
   */
  int monitors() default 3;

  /**
   * Silence of a node that makes a monitor call it down, in milliseconds.
   *
   * @return 100 or more
   */
  long downAfterMillis() default 1000;

  /**
   * A password that clients must show.
   *
   * @return empty: none
   */
  String password() default "";

  /**
   * Whether nodes can be cut off. Where that is not possible the tests are skipped, and say why.
   *
   * @return {@code true}: with addresses of their own
   */
  boolean partitions() default false;

  /**
   * How long one lives.
   *
   * @return per class or per test
   */
  Lifecycle lifecycle() default Lifecycle.PER_CLASS;
}
