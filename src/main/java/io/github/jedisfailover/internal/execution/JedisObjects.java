package io.github.jedisfailover.internal.execution;

import io.github.jedisfailover.internal.pool.LeaseFailedException;
import io.github.jedisfailover.internal.pool.NodeDialler;
import io.github.jedisfailover.internal.pool.NodePool;
import io.github.jedisfailover.internal.routing.CommandIntent;
import io.github.jedisfailover.internal.routing.RouteTable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectFactory;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Makes {@code Jedis} objects for a pool. Each is one connection to one node, and is lent for as
 * long as that node is what the pool is for. Never waits for a node to appear.
 */
public final class JedisObjects implements PooledObjectFactory<Jedis> {
  private static final Logger log = LoggerFactory.getLogger(JedisObjects.class);

  private final AtomicInteger turns = new AtomicInteger();
  private volatile CallContext context;

  /** A master that refused a write, until it says that it is one. */
  private volatile NodePool demoted;

  /** The pool exists before what it needs; until then nothing is made. */
  public void open(CallContext context) {
    this.context = context;
  }

  @Override
  public PooledObject<Jedis> makeObject() throws NotConnectedException {
    RouteTable<Lane> table = table();
    int turn = turns.getAndIncrement();
    RuntimeException last = new JedisConnectionException("No node to connect to");
    for (int i = 0; i < table.candidates(CommandIntent.ANY_NODE); i++) {
      Lane lane = table.candidate(CommandIntent.ANY_NODE, turn, i);
      if (lane.admits()) {
        try {
          LentJedis made = new LentJedis(lane.pool());
          lane.answered();
          if (isFit(made)) {
            return new DefaultPooledObject<>(made);
          }
          last = new JedisConnectionException(lane.pool().address() + " takes no writes");
        } catch (LeaseFailedException e) {
          Attempt.book(lane, Failure.NOT_SENT, e, context.trouble());
          last = e;
        } catch (RuntimeException | Error e) {
          lane.failed(e); // or the breaker would wait for this attempt for ever
          throw e;
        }
      }
    }
    throw new NotConnectedException(last);
  }

  /**
   * A node that was demoted, and of which that is not known yet, is asked: a borrower would get its
   * refusal again and again.
   */
  private boolean isFit(LentJedis made) {
    if (demoted != made.node) {
      return true;
    }
    boolean fit = false;
    try {
      fit = "master".equals(made.role().get(0));
    } catch (JedisException e) {
      context.trouble().accept(made.node.address());
    } finally {
      if (!fit) {
        made.dialler().end(made.getConnection());
      }
    }
    if (fit) {
      demoted = null;
    }
    return fit;
  }

  private RouteTable<Lane> table() {
    CallContext opened = context;
    return opened == null ? RouteTable.empty() : opened.routes().table();
  }

  /** In the borrower's thread: a stale object ends here and the borrower goes on to the next. */
  @Override
  public void activateObject(PooledObject<Jedis> pooled) throws NotConnectedException {
    LentJedis jedis = (LentJedis) pooled.getObject();
    if (jedis.node == demoted
        || !isFirstChoice(jedis)
        || !jedis.dialler().mayBeLent(jedis.getConnection(), pooled)) {
      throw new NotConnectedException(new JedisConnectionException("stale"));
    }
    int database = context.config().clientConfig().getDatabase();
    if (jedis.getDB() != database) {
      jedis.select(database);
    }
  }

  private boolean isFirstChoice(LentJedis jedis) {
    return table().isFirstChoice(lane -> lane.pool() == jedis.node);
  }

  @Override
  public boolean validateObject(PooledObject<Jedis> pooled) {
    LentJedis jedis = (LentJedis) pooled.getObject();
    return jedis.dialler().answers(jedis.getConnection());
  }

  @Override
  public void passivateObject(PooledObject<Jedis> pooled) {
    LentJedis jedis = (LentJedis) pooled.getObject();
    jedis.dialler().rest(jedis.getConnection());
  }

  @Override
  public void destroyObject(PooledObject<Jedis> pooled) {
    LentJedis jedis = (LentJedis) pooled.getObject();
    jedis.dialler().end(jedis.getConnection());
  }

  /** An object is lent from here on, until {@link #isBack}. */
  public Jedis lent(Jedis jedis) {
    ((LentJedis) jedis).lent.set(true);
    return jedis;
  }

  /**
   * To be asked before the next borrower can have it.
   *
   * @return whether it was lent: false if it is given back twice
   */
  public boolean isBack(Jedis jedis) {
    return jedis instanceof LentJedis known && known.lent.compareAndSet(true, false);
  }

  /** Makes an object ready to be given back by a user who has done with it. Never throws. */
  public void settle(Jedis jedis) {
    try {
      jedis.resetState();
      if (jedis instanceof LentJedis lent && lent.dialler().isDemoted(lent.getConnection())) {
        discard(jedis);
      }
    } catch (RuntimeException e) {
      log.debug("a Jedis object is given back broken", e);
      discard(jedis);
    }
  }

  /** Has its socket closed, so that it is never lent again, and the node looked at if it failed. */
  public void discard(Jedis jedis) {
    if (jedis instanceof LentJedis lent) {
      boolean refused = lent.dialler().isDemoted(lent.getConnection());
      boolean failed = (refused || lent.isBroken()) && !lent.node.isRetired();
      if (refused && failed) {
        demoted = lent.node;
      }
      lent.dialler().cut(lent.getConnection());
      if (failed) {
        lent.dialler().doubt();
        context.trouble().accept(lent.node.address());
      }
    }
  }

  /** Remembers where it came from, and whether it is lent. */
  private static final class LentJedis extends Jedis {
    private final NodePool node;
    private final AtomicBoolean lent = new AtomicBoolean();

    LentJedis(NodePool node) {
      super(node.dialler().dial());
      this.node = node;
    }

    NodeDialler dialler() {
      return node.dialler();
    }
  }
}
