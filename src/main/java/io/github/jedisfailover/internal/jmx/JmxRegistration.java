package io.github.jedisfailover.internal.jmx;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's MBean; its trouble is logged and never the client's. */
public final class JmxRegistration implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JmxRegistration.class);
  private static final String PREFIX = "io.github.jedisfailover:type=RedisFailoverClient,name=";

  private final String client;
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private ObjectName name; // null if it is not registered

  private JmxRegistration(String client) {
    this.client = client;
  }

  /** Registers the client under its name; a name that is taken stays with who has it. */
  public static JmxRegistration of(ManagedClient managed) {
    JmxRegistration made = new JmxRegistration(managed.figures().client());
    made.register(new ClientBean(managed));
    return made;
  }

  private void register(ClientBean bean) {
    try {
      ObjectName wanted = new ObjectName(PREFIX + ObjectName.quote(client));
      server.registerMBean(bean, wanted);
      name = wanted;
    } catch (JMException e) {
      log.warn("[{}] no MBean, clients of one JVM need different names: {}", client, e.toString());
    }
  }

  @Override
  public void close() {
    ObjectName registered = name;
    name = null;
    if (registered == null) {
      return;
    }
    try {
      server.unregisterMBean(registered);
    } catch (JMException e) {
      log.debug("[{}] the MBean was gone already", client, e);
    }
  }
}
