package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.exceptions.NotAppliedException;
import io.github.jedisfailover.exceptions.OutcomeUnknownException;
import io.github.jedisfailover.internal.routing.CommandClassifier;
import io.github.jedisfailover.internal.routing.CommandIntent;
import io.github.jedisfailover.internal.routing.CommandNames;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * A transaction on one connection of one master, from its first command to its last: a connection
 * that is cut is never opened again, so it cannot end up half on another.
 *
 * <p>{@code MULTI} and the commands are kept here until {@code exec()}, and {@code EXEC} is sent
 * only after the node has queued them all: whatever breaks before that was certainly not applied.
 * Not thread-safe.
 */
final class PinnedTransaction extends AbstractTransaction {
  private static final String ABORTED_BY = "EXECABORT Transaction discarded because of: ";

  private static final CommandObject<String> UNWATCH =
      new CommandObject<>(new CommandArguments(Command.UNWATCH), BuilderFactory.STRING);

  private final CallContext context;
  private final CommandClassifier classifier;
  private final ScriptMemory scripts;
  private final RoutedConnections.Lent lent;
  private final Connection connection;
  private final List<CommandObject<?>> commands = new ArrayList<>();
  private final List<Response<?>> responses = new ArrayList<>();
  private boolean inMulti;
  private boolean watching;
  private boolean wroteOutside;
  private boolean closed;

  PinnedTransaction(
      CallContext context,
      CommandClassifier classifier,
      ScriptMemory scripts,
      CommandObjects commandObjects,
      RoutedConnections.Lent lent) {
    super(commandObjects);
    this.context = context;
    this.classifier = classifier;
    this.scripts = scripts;
    this.lent = lent;
    this.connection = lent.connection();
  }

  @Override
  public void multi() {
    if (inMulti) {
      throw new IllegalStateException("MULTI calls can not be nested");
    }
    inMulti = true;
  }

  boolean inMulti() {
    return inMulti;
  }

  /** Whether a command before MULTI may have changed something: then all cannot be done again. */
  boolean wroteOutside() {
    return wroteOutside;
  }

  @Override
  public String watch(String... keys) {
    return watch(commandObjects.watch(keys));
  }

  @Override
  public String watch(byte[]... keys) {
    return watch(commandObjects.watch(keys));
  }

  private String watch(CommandObject<String> command) {
    watching = true;
    return atOnce(command, true);
  }

  @Override
  public String unwatch() {
    watching = false;
    return atOnce(UNWATCH, true);
  }

  @Override
  protected <T> Response<T> appendCommand(CommandObject<T> command) {
    scripts.note(command.getArguments());
    if (inMulti) {
      Response<T> response = new Response<>(command.getBuilder());
      commands.add(command);
      responses.add(response);
      return response;
    }
    boolean reads = classifier.classify(command.getArguments()) == CommandIntent.ANY_NODE;
    wroteOutside |= !reads;
    try {
      return Response.of(atOnce(command, reads));
    } catch (JedisNoScriptException e) {
      CommandObject<T> healed = scripts.healed(command, e);
      return healed == null ? Response.error(e) : appendCommand(healed);
    } catch (JedisDataException e) {
      return Response.error(e);
    }
  }

  /** Before MULTI. */
  private <T> T atOnce(CommandObject<T> command, boolean harmless) {
    String name = CommandNames.name(command.getArguments());
    try {
      return connection.executeCommand(command);
    } catch (JedisConnectionException e) {
      noticeTrouble();
      if (harmless || FailureClassifier.classify(e, null) == Failure.NOT_SENT) {
        throw notApplied(name + " failed", e);
      }
      throw unknown(name + " before MULTI", e);
    } catch (JedisDataException e) {
      if (FailureClassifier.classify(e, command.getArguments()) != Failure.REFUSED) {
        throw e;
      }
      noticeTrouble();
      throw notApplied(name + " was refused", e);
    }
  }

  @Override
  public List<Object> exec() {
    if (!inMulti) {
      throw new IllegalStateException("EXEC without MULTI");
    }
    inMulti = false;
    watching = false; // EXEC and DISCARD end it too
    CallTrace trace = trace();
    try {
      List<Object> answers = executed();
      if (trace != null) {
        trace.ended(null);
      }
      return answers;
    } catch (RuntimeException e) {
      if (trace != null) {
        trace.ended(e);
      }
      throw e;
    } finally {
      forgetQueued(); // the next multi() begins anew
    }
  }

  /** {@code null} unless somebody observes. */
  private CallTrace trace() {
    if (!context.watch().isObserved()) {
      return null;
    }
    CallTrace trace =
        context.watch().batch("MULTI", commands.stream().map(CommandObject::getArguments).toList());
    trace.at(lent.pool());
    return trace;
  }

  private List<Object> executed() {
    long start = context.clock().nanos();
    try {
      List<JedisDataException> errors = queueAtNode();
      refuseIfRefused(errors);
      connection.sendCommand(Command.EXEC); // stays in the buffer until the reply is asked for
      List<?> replies = executed(errors);
      context.watch().wrote(lent.pool(), start);
      return answers(replies);
    } catch (NotAppliedException | OutcomeUnknownException e) {
      throw e;
    } catch (JedisConnectionException e) {
      noticeTrouble();
      throw notApplied("the connection broke before EXEC was sent", e);
    }
  }

  private void forgetQueued() {
    commands.clear();
    responses.clear();
  }

  private List<JedisDataException> queueAtNode() {
    ScriptMemory.Speller speller = scripts.speller();
    connection.sendCommand(Command.MULTI);
    for (CommandObject<?> command : commands) {
      connection.sendCommand(speller.spell(command.getArguments()));
    }
    List<JedisDataException> errors = new ArrayList<>();
    for (int i = 0; i <= commands.size(); i++) {
      try {
        connection.getOne(); // OK or QUEUED
      } catch (JedisDataException e) {
        errors.add(e);
      }
    }
    return errors;
  }

  /** Nothing runs before EXEC, so here a script is refused like any other command. */
  private void refuseIfRefused(List<JedisDataException> errors) {
    for (JedisDataException error : errors) {
      if (FailureClassifier.isRefusal(error.getMessage())) {
        connection.setBroken(); // closing it is the one DISCARD that cannot fail
        noticeTrouble();
        throw notApplied("the node does not take it", error);
      }
    }
  }

  private List<?> executed(List<JedisDataException> queueErrors) {
    try {
      return (List<?>) connection.getOne();
    } catch (JedisDataException e) {
      String message = String.valueOf(e.getMessage());
      if (message.startsWith(ABORTED_BY)
          && FailureClassifier.isRefusal(message.substring(ABORTED_BY.length()))) {
        noticeTrouble();
        throw notApplied("the node does not take it", e);
      }
      queueErrors.forEach(e::addSuppressed);
      throw e;
    } catch (JedisConnectionException e) {
      noticeTrouble();
      throw unknown("EXEC", e);
    }
  }

  /** As Jedis: {@code null} if a watched key changed, errors of single commands in the list. */
  private List<Object> answers(List<?> replies) {
    if (replies == null) {
      return null;
    }
    List<Object> answers = new ArrayList<>(replies.size());
    for (int i = 0; i < replies.size(); i++) {
      Response<?> response = responses.get(i);
      response.set(replies.get(i));
      try {
        answers.add(response.get());
      } catch (JedisDataException e) {
        answers.add(e);
      }
    }
    return answers;
  }

  @Override
  public String discard() {
    if (!inMulti) {
      throw new IllegalStateException("DISCARD without MULTI");
    }
    inMulti = false;
    forgetQueued();
    if (watching) {
      unwatch();
    }
    return "OK"; // what the server would say; it has not heard of the transaction
  }

  /** Gives the connection back; what was not executed is discarded. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    inMulti = false;
    try {
      if (watching && !connection.isBroken()) {
        connection.executeCommand(UNWATCH);
      }
    } catch (JedisConnectionException | JedisDataException e) {
      connection.setBroken(); // a watch must not come to the next borrower
    } finally {
      connection.close();
    }
  }

  private NotAppliedException notApplied(String why, RuntimeException cause) {
    return new NotAppliedException(
        "Transaction of "
            + commands.size()
            + " commands certainly not applied: "
            + why
            + " ("
            + cause.getMessage()
            + ")",
        cause);
  }

  private OutcomeUnknownException unknown(String what, RuntimeException cause) {
    String text = what + " of a transaction: sent, no reply; it may have been applied";
    OutcomeUnknownException failure = new OutcomeUnknownException(text, cause);
    return context.watch().unknown(CallWatch.TRANSACTION, failure);
  }

  private void noticeTrouble() {
    Lane master = context.routes().table().master();
    if (master != null) {
      master.pool().distrustConnectionsAsOldAs(connection);
      context.trouble().accept(master.pool().address());
    }
  }
}
