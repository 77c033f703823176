package io.github.jedisfailover.internal.execution;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * The texts of the scripts that this client has loaded or evaluated: a node that was just promoted,
 * or started again, does not have them. Bounded; thread-safe.
 */
public final class ScriptMemory {
  /** More than the first word: a script may answer with an error of that name by itself. */
  private static final String UNKNOWN_SCRIPT = "NOSCRIPT No matching script";

  // Apart, so that programs which put values into their texts do not push out what was loaded.
  private final ScriptTexts loaded = new ScriptTexts();
  private final ScriptTexts evaluated = new ScriptTexts();

  /** Looks at a command that is about to be sent; cheap for those that are no scripts. */
  void note(CommandArguments arguments) {
    ProtocolCommand command = arguments.getCommand();
    if (command == Command.EVAL || command == Command.EVAL_RO) {
      if (arguments.size() > 1) {
        evaluated.remember(arguments.get(1).getRaw());
      }
    } else if (command == Command.SCRIPT && arguments.size() > 1) {
      noteScript(arguments);
    }
  }

  private void noteScript(CommandArguments arguments) {
    String word = new String(arguments.get(1).getRaw(), StandardCharsets.ISO_8859_1);
    if (word.equalsIgnoreCase("LOAD") && arguments.size() > 2) {
      loaded.remember(arguments.get(2).getRaw());
    } else if (word.equalsIgnoreCase("FLUSH")) {
      loaded.clear();
      evaluated.clear();
    }
  }

  /** Whether it is a script by its digest, with a text known here, that only reads. */
  boolean knowsReadOnly(CommandArguments arguments) {
    return arguments.getCommand() == Command.EVALSHA_RO && text(arguments) != null;
  }

  /**
   * The same call with the script's text, if the failure says that the node does not know it.
   *
   * @return {@code null} if the text is not known here either, or the failure is another
   */
  <T> CommandObject<T> healed(CommandObject<T> command, JedisNoScriptException failure) {
    CommandArguments arguments = command.getArguments();
    if (!failure.getMessage().startsWith(UNKNOWN_SCRIPT) || !byDigest(arguments)) {
      return null;
    }
    byte[] text = text(arguments);
    return text == null ? null : new CommandObject<>(spelt(arguments, text), command.getBuilder());
  }

  /** For one attempt at a pipeline or transaction, where a script cannot be healed afterwards. */
  Speller speller() {
    return new Speller();
  }

  private byte[] text(CommandArguments arguments) {
    if (arguments.size() < 2) {
      return null;
    }
    String digest =
        new String(arguments.get(1).getRaw(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    byte[] text = loaded.text(digest);
    return text != null ? text : evaluated.text(digest);
  }

  private static boolean byDigest(CommandArguments arguments) {
    ProtocolCommand command = arguments.getCommand();
    return command == Command.EVALSHA || command == Command.EVALSHA_RO;
  }

  /** Keys are taken as they are: a prefix was put before them already. */
  private static CommandArguments spelt(CommandArguments arguments, byte[] text) {
    boolean reads = arguments.getCommand() == Command.EVALSHA_RO;
    CommandArguments spelt = new CommandArguments(reads ? Command.EVAL_RO : Command.EVAL).add(text);
    for (int i = 2; i < arguments.size(); i++) {
      spelt.add(arguments.get(i));
    }
    return spelt;
  }

  static String digest(byte[] text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-1", e);
    }
  }

  /** Writes the first use of each script with its text, so that the later ones find it. */
  final class Speller {
    private Set<ByteBuffer> told;

    CommandArguments spell(CommandArguments arguments) {
      if (!byDigest(arguments)) {
        return arguments;
      }
      byte[] text = text(arguments);
      if (text == null) {
        return arguments;
      }
      told = told == null ? new HashSet<>() : told;
      return told.add(ByteBuffer.wrap(text)) ? spelt(arguments, text) : arguments;
    }
  }
}
