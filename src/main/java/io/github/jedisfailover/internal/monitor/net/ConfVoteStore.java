package io.github.jedisfailover.internal.monitor.net;

import io.github.jedisfailover.internal.monitor.conf.ConfRewriter;
import io.github.jedisfailover.internal.monitor.conf.SentinelConf;
import io.github.jedisfailover.internal.monitor.conf.SentinelState;
import io.github.jedisfailover.internal.monitor.core.CoreAction.Level;
import io.github.jedisfailover.internal.monitor.core.PersistentState;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The state as the {@code sentinel.conf} itself, which is rewritten as Sentinel does: what an
 * operator added to the file meanwhile stays. Used by one thread at a time.
 */
final class ConfVoteStore implements VoteStore {
  private final ConfFile file;
  private final String newId;
  private final BiConsumer<Level, String> log;
  private SentinelConf conf;

  /**
   * @param conf what was read from the file
   * @param newId the identity of a file that has none
   * @param log hears of every save, in Sentinel's words
   */
  ConfVoteStore(ConfFile file, SentinelConf conf, String newId, BiConsumer<Level, String> log) {
    this.file = file;
    this.conf = conf;
    this.newId = newId;
    this.log = log;
  }

  @Override
  public Optional<PersistentState> load() {
    return Optional.of(SentinelState.of(conf, newId));
  }

  @Override
  public void save(PersistentState state) throws IOException {
    conf = SentinelState.with(conf, state);
    try {
      file.write(ConfRewriter.rewrite(file.read(), conf));
    } catch (IOException | RuntimeException e) {
      log.accept(
          Level.WARNING,
          "WARNING: Sentinel was not able to save the new configuration on disk!!!: "
              + e.getMessage());
      throw e;
    }
    log.accept(Level.NOTICE, "Sentinel new configuration saved on disk");
  }

  @Override
  public void close() {
    // holds nothing open
  }
}
