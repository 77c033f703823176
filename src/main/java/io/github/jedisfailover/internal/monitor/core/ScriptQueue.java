package io.github.jedisfailover.internal.monitor.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Which script runs when, and what its end means: the rules of Redis' sentinel.c. Decides only;
 * whoever runs the scripts reports back. Not thread-safe; times are monotonic milliseconds.
 */
public final class ScriptQueue {
  static final int MAX_QUEUE = 256;
  static final int MAX_RUNNING = 16;
  static final int MAX_RUNS = 10;

  /** Exit status of a child that could not execute the program: as in Sentinel, no second try. */
  private static final int NOT_EXECUTABLE = 2;

  private static final int NO_PROCESS = 99;

  private final List<Job> jobs = new ArrayList<>();
  private final List<CoreAction.Report> events = new ArrayList<>();
  private long maxRuntimeMillis = 60_000;
  private long retryDelayMillis = 30_000;
  private long nextId;

  /**
   * A script that is to be started now.
   *
   * @param id names it in what is reported back
   */
  public record Start(long id, List<String> argv) {}

  private static final class Job {
    private final long id;
    private final List<String> argv;
    private boolean running;
    private boolean killed;
    private long pid;
    private int runs;

    /** When it was started, or before when it must not start; a new one may at once. */
    private long at = Times.NEVER;

    Job(long id, List<String> argv) {
      this.id = id;
      this.argv = List.copyOf(argv);
    }

    String path() {
      return argv.get(0);
    }
  }

  /** {@code SCRIPT-MAX-RUNTIME} and {@code SCRIPT-RETRY-DELAY}; hold for what happens from now. */
  public void times(long maxRuntime, long retryDelay) {
    maxRuntimeMillis = maxRuntime;
    retryDelayMillis = retryDelay;
  }

  public void add(List<String> argv) {
    jobs.add(new Job(nextId++, argv));
    if (jobs.size() > MAX_QUEUE) {
      dropOldestWaiting();
    }
  }

  private void dropOldestWaiting() {
    for (Iterator<Job> i = jobs.iterator(); i.hasNext(); ) {
      if (!i.next().running) {
        i.remove();
        return;
      }
    }
  }

  public boolean isEmpty() {
    return jobs.isEmpty();
  }

  public int size() {
    return jobs.size();
  }

  public int running() {
    return (int) jobs.stream().filter(j -> j.running).count();
  }

  /** What has to be started now, the oldest first; counts as running from here on. */
  public List<Start> due(long now) {
    List<Start> due = new ArrayList<>();
    int free = MAX_RUNNING - running();
    for (Job job : jobs) {
      if (free > 0 && !job.running && job.at <= now) {
        job.running = true;
        job.killed = false;
        job.at = now;
        job.runs++;
        free--;
        due.add(new Start(job.id, job.argv));
      }
    }
    return due;
  }

  public void started(long id, long pid) {
    Job job = job(id);
    job.pid = pid;
    debug("+script-child", Long.toString(pid));
  }

  /** No process could be made, for want of memory or processes: another time perhaps. */
  public void noProcess(long id, long now) {
    Job job = job(id);
    warn("-script-error", job.path() + " " + NO_PROCESS + " 0");
    if (job.runs >= MAX_RUNS) {
      jobs.remove(job);
    } else {
      repeatLater(job, now);
    }
  }

  /** The program is missing or cannot be executed. */
  public void notExecutable(long id) {
    Job job = job(id);
    warn("-script-error", job.path() + " 0 " + NOT_EXECUTABLE);
    jobs.remove(job);
  }

  /**
   * @param signal what killed it; 0 if it ended by itself
   * @param exitStatus 0 if a signal killed it
   */
  public void ended(long id, int signal, int exitStatus, long now) {
    Job job = job(id);
    debug("-script-child", job.pid + " " + signal + " " + exitStatus);
    if ((signal != 0 || exitStatus == 1) && job.runs < MAX_RUNS) {
      repeatLater(job, now);
      return;
    }
    if (signal != 0 || exitStatus != 0) {
      warn("-script-error", job.path() + " " + signal + " " + exitStatus);
    }
    jobs.remove(job);
  }

  private void repeatLater(Job job, long now) {
    job.running = false;
    job.pid = 0;
    job.at = now + (retryDelayMillis << (job.runs - 1));
  }

  /** What has run for too long and has to be killed with SIGKILL; each is named once. */
  public List<Long> overdue(long now) {
    List<Long> overdue = new ArrayList<>();
    for (Job job : jobs) {
      if (job.running && !job.killed && job.pid != 0 && now - job.at > maxRuntimeMillis) {
        job.killed = true;
        warn("-script-timeout", job.path() + " " + job.pid);
        overdue.add(job.id);
      }
    }
    return overdue;
  }

  /** The events since the last call; they concern no master and start no script. */
  public List<CoreAction.Report> takeEvents() {
    List<CoreAction.Report> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  /** In the order in which they came. */
  public List<PendingScript> pending(long now) {
    List<PendingScript> all = new ArrayList<>();
    for (Job job : jobs) {
      long wait = job.at == Times.NEVER ? 0 : Math.max(0, job.at - now);
      long millis = job.running ? now - job.at : wait;
      all.add(new PendingScript(job.argv, job.running, job.pid, millis, job.runs));
    }
    return all;
  }

  private Job job(long id) {
    return jobs.stream().filter(j -> j.id == id).findFirst().orElseThrow();
  }

  private void warn(String name, String payload) {
    events.add(new CoreAction.Report("", CoreAction.Level.WARNING, name, payload));
  }

  private void debug(String name, String payload) {
    events.add(new CoreAction.Report("", CoreAction.Level.DEBUG, name, payload));
  }
}
