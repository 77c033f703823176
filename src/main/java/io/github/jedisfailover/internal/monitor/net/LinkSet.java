package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.core.CoreAction;
import io.github.jedisfailover.internal.monitor.core.Target;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The open links by their far end. */
final class LinkSet implements AutoCloseable {
  private final Map<Target, Link> links = new ConcurrentHashMap<>();
  private final Function<Target, Link> opener;
  private volatile boolean closed;

  LinkSet(Function<Target, Link> opener) {
    this.opener = opener;
  }

  void open(Target target) {
    if (closed || links.containsKey(target)) {
      return;
    }
    links.put(target, opener.apply(target));
    if (closed) {
      close(); // lost a race with closing
    }
  }

  void offer(Target target, CoreAction action) {
    Link link = links.get(target);
    if (link != null) {
      link.offer(action);
    }
  }

  void cut(Target target) {
    Link link = links.get(target);
    if (link != null) {
      link.cut();
    }
  }

  void close(Target target) {
    Link link = links.remove(target);
    if (link != null) {
      link.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    links.values().forEach(Link::close);
    links.clear();
  }
}
