package io.github.jedisfailover.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.bloom.RedisBloomProtocol;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.search.SearchProtocol;

class CommandClassifierTest {
  private final CommandClassifier classifier = new CommandClassifier();

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get k                | ANY_NODE    | flagged READONLY; the name's case does not matter
          GET k                | ANY_NODE    | flagged READONLY
          MGET a b             | ANY_NODE    | flagged READONLY
          HGETALL k            | ANY_NODE    | flagged READONLY
          ZRANGE k 0 -1        | ANY_NODE    | flagged READONLY
          XRANGE s - +         | ANY_NODE    | flagged READONLY
          PFCOUNT k            | ANY_NODE    | flagged READONLY
          KEYS *               | ANY_NODE    | the data, possibly stale
          RANDOMKEY            | ANY_NODE    | the data, possibly stale
          TTL k                | ANY_NODE    | flagged READONLY
          EXPIRETIME k         | ANY_NODE    | flagged READONLY
          BITFIELD_RO k GET u8 0 | ANY_NODE  | the read-only twin
          SORT_RO k            | ANY_NODE    | the read-only twin
          GEORADIUS_RO k 1 1 1 m | ANY_NODE  | the read-only twin
          EVAL_RO return_0 0   | ANY_NODE    | carries its script
          FCALL_RO f 0         | ANY_NODE    | functions are replicated
          OBJECT FREQ k        | ANY_NODE    | the flag sits on the subcommand
          OBJECT IDLETIME k    | ANY_NODE    | the flag sits on the subcommand
          OBJECT ENCODING k    | ANY_NODE    | the flag sits on the subcommand
          object encoding k    | ANY_NODE    | the subcommand's case does not matter either
          XINFO STREAM s       | ANY_NODE    | the flag sits on the subcommand
          JSON.GET k           | ANY_NODE    | a module's read
          FT.SEARCH i q        | ANY_NODE    | a module's read
          FT.AGGREGATE i q     | ANY_NODE    | no cursor asked for
          BF.EXISTS k i        | ANY_NODE    | a module's read
          TS.RANGE k 0 1       | ANY_NODE    | a module's read
          SET k v              | MASTER_ONLY | writes
          GETEX k PERSIST      | MASTER_ONLY | reads, but also writes an expiry
          GETDEL k             | MASTER_ONLY | reads, but also deletes
          SORT k               | MASTER_ONLY | may store
          BITFIELD k GET u8 0  | MASTER_ONLY | may write
          GEORADIUS k 1 1 1 m  | MASTER_ONLY | may store
          EVAL return_0 0      | MASTER_ONLY | no READONLY flag: a script may write
          EVALSHA abc 0        | MASTER_ONLY | a script may write
          FCALL f 0            | MASTER_ONLY | a function may write
          EVALSHA_RO abc 0     | MASTER_ONLY | SCRIPT LOAD is not replicated
          XREAD STREAMS s 0    | MASTER_ONLY | READONLY, but may block a pooled connection
          XREAD BLOCK 0 STREAMS s 0 | MASTER_ONLY | blocks
          BLPOP k 0            | MASTER_ONLY | blocks and writes
          SCAN 0               | MASTER_ONLY | a cursor belongs to one node
          HSCAN k 0            | MASTER_ONLY | READONLY, but a cursor belongs to one node
          SSCAN k 0            | MASTER_ONLY | a cursor belongs to one node
          ZSCAN k 0            | MASTER_ONLY | a cursor belongs to one node
          BF.SCANDUMP k 0      | MASTER_ONLY | an iterator belongs to one node
          CF.SCANDUMP k 0      | MASTER_ONLY | an iterator belongs to one node
          FT.AGGREGATE i q WITHCURSOR | MASTER_ONLY | opens a cursor
          ft.aggregate i q withcursor | MASTER_ONLY | opens a cursor
          FT.CURSOR READ i 1   | MASTER_ONLY | a cursor belongs to one node
          FT.CURSOR DEL i 1    | MASTER_ONLY | a cursor belongs to one node
          DBSIZE               | MASTER_ONLY | about the node
          MEMORY USAGE k       | MASTER_ONLY | about the node
          LOLWUT               | MASTER_ONLY | about the node
          TOUCH k              | MASTER_ONLY | changes the access time
          CF.COMPACT k         | MASTER_ONLY | changes the filter
          READONLY             | MASTER_ONLY | changes the connection
          BF.DEBUG k           | MASTER_ONLY | a debug command
          CF.DEBUG k           | MASTER_ONLY | a debug command
          JSON.DEBUG MEMORY k  | MASTER_ONLY | a debug command
          _FT.DEBUG x          | MASTER_ONLY | a debug command
          _FT.CONFIG GET x     | MASTER_ONLY | a node's settings
          FT.CONFIG GET x      | MASTER_ONLY | a node's settings
          FT.PROFILE i SEARCH  | MASTER_ONLY | about the node
          SEARCH.CLUSTERINFO   | MASTER_ONLY | administration
          SEARCH.CLUSTERSET x  | MASTER_ONLY | administration
          TIMESERIES.CLUSTERSET x | MASTER_ONLY | administration
          TIMESERIES.REFRESHCLUSTER | MASTER_ONLY | administration
          PUBLISH c m          | MASTER_ONLY | not a read
          PING                 | MASTER_ONLY | about the connection
          INFO                 | MASTER_ONLY | about the node
          WAIT 1 0             | MASTER_ONLY | about the master
          OBJECT               | MASTER_ONLY | no subcommand, nothing known
          OBJECT HELP          | MASTER_ONLY | not flagged
          ARGET k 0            | ANY_NODE    | flagged READONLY
          ARSCAN k 0 9         | ANY_NODE    | from index to index: no cursor
          ARSET k 0 v          | MASTER_ONLY | writes
          VSIM k ELE a         | ANY_NODE    | flagged READONLY
          VADD k VALUES 1 1 a  | MASTER_ONLY | writes
          FT.CREATE i          | MASTER_ONLY | a module's write
          JSON.SET k $ 1       | MASTER_ONLY | a module's write
          BF.ADD k i           | MASTER_ONLY | a module's write
          CF.ADD k i           | MASTER_ONLY | a module's write
          CMS.INCRBY k i 1     | MASTER_ONLY | a module's write
          TOPK.ADD k i         | MASTER_ONLY | a module's write
          TDIGEST.ADD k 1      | MASTER_ONLY | a module's write
          TS.ADD k 0 1         | MASTER_ONLY | a module's write
          CONFIG GET x         | MASTER_ONLY | a node's settings
          FLUSHALL             | MASTER_ONLY | writes
          HIMPORT x            | MASTER_ONLY | writes
          NOSUCH k             | MASTER_ONLY | unknown commands are never guessed
          """)
  void classifies(String command, CommandIntent expected, String why) {
    assertThat(classifier.classify(arguments(command))).as(why).isEqualTo(expected);
    // The same command as Jedis' own methods send it: by enum constant, through the cache.
    Protocol.Command known = known(command);
    if (known != null) {
      assertThat(classifier.classify(withName(known, command))).as(why).isEqualTo(expected);
    }
  }

  @Test
  void everyCommandOfJedisIsClassifiedAsItsNameAlone() {
    for (Protocol.Command command : Protocol.Command.values()) {
      assertThat(classifier.classify(new CommandArguments(command)))
          .as(command.name())
          .isEqualTo(classifier.classify(arguments(command.name())));
    }
  }

  @Test
  void enumsOfModulesAreClassifiedByTheirWireName() {
    for (int i = 0; i < 2; i++) { // the second time from the cache
      assertThat(
              classifier.classify(
                  new CommandArguments(RedisBloomProtocol.BloomFilterCommand.EXISTS)))
          .isEqualTo(CommandIntent.ANY_NODE);
      assertThat(
              classifier.classify(new CommandArguments(RedisBloomProtocol.BloomFilterCommand.ADD)))
          .isEqualTo(CommandIntent.MASTER_ONLY);
      assertThat(classifier.classify(new CommandArguments(SearchProtocol.SearchCommand.CURSOR)))
          .isEqualTo(CommandIntent.MASTER_ONLY);
    }
  }

  static CommandArguments arguments(String text) {
    byte[] name = text.split(" ")[0].getBytes(StandardCharsets.UTF_8);
    return withName(() -> name, text);
  }

  private static CommandArguments withName(ProtocolCommand name, String text) {
    String[] words = text.split(" ");
    return new CommandArguments(name)
        .addObjects((Object[]) Arrays.copyOfRange(words, 1, words.length));
  }

  private static Protocol.Command known(String text) {
    try {
      return Protocol.Command.valueOf(text.split(" ")[0]);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
