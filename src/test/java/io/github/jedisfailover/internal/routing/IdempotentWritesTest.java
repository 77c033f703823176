package io.github.jedisfailover.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdempotentWritesTest {
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SET k v               | true
          set k v               | true
          SET k v EX 10         | true
          SET k v ex 10         | true
          SET k v PXAT 10       | true
          SET k v KEEPTTL       | true
          SET k NX              | true
          SET k v NX            | false
          SET k v XX            | false
          SET k v EX 10 NX      | false
          SET k v GET           | false
          SET k v IFEQ w        | false
          SET k v FUTURE        | false
          SETEX k 10 v          | true
          MSET a 1 b 2          | true
          MSETNX a 1 b 2        | false
          SETNX k v             | false
          GETSET k v            | false
          GETDEL k              | false
          DEL a b               | true
          UNLINK a              | true
          HSET k f v            | true
          HSETNX k f v          | false
          HINCRBY k f 1         | false
          HDEL k f              | true
          SADD k m              | true
          SREM k m              | true
          SPOP k                | false
          SMOVE a b m           | false
          ZADD k 1 m            | true
          ZADD k -inf m         | true
          ZADD k CH 1.5 m       | true
          ZADD k 1 INCR         | true
          ZADD k INCR 1 m       | false
          ZADD k NX 1 m         | false
          ZADD k GT CH 1 m      | false
          ZADD k CH INCR 1 m    | false
          ZINCRBY k 1 m         | false
          ZREM k m              | true
          ZPOPMIN k             | false
          ZREMRANGEBYRANK k 0 1 | false
          ZREMRANGEBYSCORE k 0 1 | true
          GEOADD k 1 2 m        | true
          GEOADD k NX 1 2 m     | false
          EXPIRE k 10           | true
          EXPIRE k 10 NX        | false
          EXPIREAT k 10         | true
          PEXPIREAT k 10        | true
          PEXPIREAT k 10 GT     | false
          PERSIST k             | true
          INCR k                | false
          INCRBY k 1            | false
          DECR k                | false
          APPEND k v            | false
          LPUSH k v             | false
          RPUSH k v             | false
          LPOP k                | false
          LTRIM k 1 -1          | false
          LREM k 1 v            | false
          LSET k 0 v            | true
          RENAME a b            | false
          XADD s * f v          | false
          XACK s g 1            | true
          EVAL x 0              | false
          EVALSHA x 0           | false
          FCALL f 0             | false
          PUBLISH c m           | false
          FLUSHALL              | false
          NOSUCH k              | false
          """)
  void knowsWhatMayRunTwice(String command, boolean repeatable) {
    assertThat(IdempotentWrites.repeatable(CommandClassifierTest.arguments(command)))
        .isEqualTo(repeatable);
  }
}
