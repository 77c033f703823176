package io.github.jedisfailover.internal.pool;

import io.github.jedisfailover.topology.NodeRole;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Connections of one node that are not kept in its pool, because whoever asks for them has a pool
 * of its own. They are cut with the node's pool, also while nobody uses them. Thread-safe.
 */
public final class NodeDialler {
  private final NodePool owner;
  private final NodeConnectionFactory factory;
  private final LiveConnections live;
  private final AtomicInteger open = new AtomicInteger();

  NodeDialler(NodePool owner, NodeConnectionFactory factory, LiveConnections live) {
    this.live = live;
    this.owner = owner;
    this.factory = factory;
  }

  /** How many were made and not ended. */
  int open() {
    return open.get();
  }

  /**
   * A new connection, logged in. {@link #end} ends it.
   *
   * @throws LeaseFailedException if there is none: nothing was sent
   * @throws JedisException if interrupted; the flag stays set
   */
  public Connection dial() {
    owner.refuseIfRetired();
    open.incrementAndGet(); // before: one that is being connected counts too
    boolean connected = false;
    try {
      Connection made = factory.makeObject().getObject();
      connected = true;
      return made;
    } catch (Exception e) {
      throw owner.explained(e);
    } finally {
      if (!connected) {
        open.decrementAndGet();
      }
    }
  }

  /**
   * Whether a connection that was idle may be used: it works as far as can be known without asking,
   * and its node has not lost the role it was made for.
   *
   * @param loans tells when whatever holds the connection was given back and lent
   */
  public boolean mayBeLent(Connection connection, PooledObject<?> loans) {
    return !owner.isRetired()
        && connection.isConnected()
        && factory.mayBeLent((NodeConnection) connection, loans);
  }

  /** Asks the node. */
  public boolean answers(Connection connection) {
    return !owner.isRetired() && factory.validateObject(new DefaultPooledObject<>(connection));
  }

  /** Whether it was lent as a master's and heard that the node takes no writes (any more). */
  public boolean isDemoted(Connection connection) {
    return owner.role() == NodeRole.MASTER && ((NodeConnection) connection).refusedWrite();
  }

  /** Goes back to rest; renews its credentials if they changed. Never throws. */
  public void rest(Connection connection) {
    factory.passivateObject(new DefaultPooledObject<>(connection));
  }

  /** Closes it. Once per connection. */
  public void end(Connection connection) {
    factory.destroyObject(new DefaultPooledObject<>(connection));
    open.decrementAndGet();
  }

  /** Closes its socket, so that it is never lent again; it still has to be ended. */
  public void cut(Connection connection) {
    ((NodeConnection) connection).cut();
  }

  /**
   * A connection failed in use. It may have been slow only, so its idle neighbours are not given
   * up: each is asked once before it is lent again.
   */
  public void doubt() {
    live.doubt();
  }
}
