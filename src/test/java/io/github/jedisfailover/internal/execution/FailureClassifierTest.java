package io.github.jedisfailover.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.exceptions.CursorLostException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisClusterException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

class FailureClassifierTest {
  /** Replies as Redis 7.0.15 sends them. */
  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INCR | READONLY You can't write against a read only replica. | REFUSED
          INCR | LOADING Redis is loading the dataset in memory | REFUSED
          GET  | MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'. | REFUSED
          INCR | NOREPLICAS Not enough good replicas to write. | REFUSED
          BLPOP | UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?) | REFUSED
          INCR | ERR value is not an integer or out of range | FATAL
          INCR | OOM command not allowed when used memory > 'maxmemory'. | FATAL
          INCR | MISCONF Redis is configured to save RDB snapshots | FATAL
          INCR | READONLYX not the word | FATAL
          INCR | LOADING | REFUSED
          EVAL | READONLY You can't write against a read only replica. script: abc, on @user_script:1. | UNKNOWN
          EVALSHA | READONLY You can't write against a read only replica. | UNKNOWN
          FCALL | NOREPLICAS Not enough good replicas to write. | UNKNOWN
          WAIT | UNBLOCKED force unblock from blocking operation | UNKNOWN
          WAITAOF | UNBLOCKED force unblock from blocking operation | UNKNOWN
          EXEC | READONLY You can't write against a read only replica. | UNKNOWN
          EVAL | ERR wrong number of arguments for 'eval' command | FATAL
          """)
  void readsErrorReplies(Protocol.Command command, String reply, Failure expected) {
    assertThat(
            FailureClassifier.classify(
                new JedisDataException(reply), new CommandArguments(command)))
        .isEqualTo(expected);
  }

  @Test
  void clusterDownHasItsOwnTypeAndIsARefusal() {
    assertThat(of(new JedisClusterException("CLUSTERDOWN The cluster is down")))
        .isEqualTo(Failure.REFUSED);
  }

  @Test
  void missingRightsReachTheCaller() {
    assertThat(of(new JedisAccessControlException("NOPERM this user has no permissions")))
        .isEqualTo(Failure.FATAL);
  }

  @Test
  void whateverBreaksAfterTheRequestWasHandedOverIsUnknown() {
    assertThat(of(new JedisConnectionException(new SocketTimeoutException("Read timed out"))))
        .isEqualTo(Failure.UNKNOWN);
    assertThat(of(new JedisConnectionException("Unexpected end of stream.")))
        .isEqualTo(Failure.UNKNOWN);
  }

  @Test
  void aLostCursorReachesTheCaller() {
    assertThat(of(new CursorLostException("begin again", null))).isEqualTo(Failure.FATAL);
  }

  @Test
  void defectsAndInterruptsReachTheCaller() {
    assertThat(of(new ClassCastException())).isEqualTo(Failure.FATAL);
    assertThat(of(new JedisException("Interrupted"))).isEqualTo(Failure.FATAL);
    assertThat(of(new JedisDataException((String) null))).isEqualTo(Failure.FATAL);
  }

  private static Failure of(RuntimeException failure) {
    return FailureClassifier.classify(failure, new CommandArguments(Protocol.Command.INCR));
  }
}
