package io.github.jedisfailover.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchException;

import io.github.jedisfailover.internal.runtime.MonotonicClock;
import java.time.Duration;
import java.util.NoSuchElementException;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FairLoansTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private boolean valid = true;
  private GenericObjectPool<Object> pool;
  private FairLoans<Object> loans;

  @BeforeEach
  void open() {
    GenericObjectPoolConfig<Object> config = new GenericObjectPoolConfig<>();
    config.setMaxTotal(1);
    config.setTestOnBorrow(true);
    config.setJmxEnabled(false);
    pool = new GenericObjectPool<>(new Objects(), config);
    loans = new FairLoans<>(pool, pool::borrowObject, MonotonicClock.SYSTEM);
  }

  @AfterEach
  void close() {
    pool.close();
  }

  private final class Objects extends BasePooledObjectFactory<Object> {
    @Override
    public Object create() {
      return new Object();
    }

    @Override
    public PooledObject<Object> wrap(Object made) {
      return new DefaultPooledObject<>(made);
    }

    @Override
    public boolean validateObject(PooledObject<Object> pooled) {
      return valid;
    }
  }

  @Test
  void aNewObjectThatFailsItsFirstCheckIsReportedAtOnceAndIsNoExhaustion() throws Exception {
    valid = false;
    loans.enter(LONG);
    Exception failure = catchException(() -> loans.take(LONG, () -> {}));
    assertThat(failure).isInstanceOf(NoSuchElementException.class);
    assertThat(FairLoans.isExhausted(failure)).isFalse();
  }

  @Test
  void aPoolThatIsNotToBlockRefusesAtOnce() throws Exception {
    loans.enter(LONG);
    loans.take(LONG, () -> {});
    pool.setBlockWhenExhausted(false);
    Exception failure = catchException(() -> loans.enter(LONG));
    assertThat(FairLoans.isExhausted(failure)).isTrue();
    pool.setMaxTotal(2);
    assertThat(loans.enter(LONG)).isZero();
    assertThat(loans.take(Duration.ZERO, () -> {})).isNotNull();
  }

  /** Somebody holds the only object without a place, as the evictor does. */
  @Test
  void whoWaitsForAnObjectWithAPlaceIsToldSoonThatItIsInVain() throws Exception {
    pool.borrowObject();
    loans.enter(LONG);
    int[] asked = new int[1];
    assertThatThrownBy(
            () ->
                loans.take(
                    LONG,
                    () -> {
                      if (++asked[0] == 3) {
                        throw new IllegalStateException("closed");
                      }
                    }))
        .hasMessage("closed");
    assertThat(FairLoans.isExhausted(catchException(() -> take(Duration.ofMillis(120))))).isTrue();
  }

  private Object take(Duration maxWait) throws Exception {
    return loans.take(maxWait, () -> {});
  }
}
