package io.github.jedisfailover.integration.spring;

import io.github.jedisfailover.exceptions.MasterUnavailableException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A start without a master. */
final class NoMasterFailureAnalyzer extends AbstractFailureAnalyzer<MasterUnavailableException> {
  @Override
  protected FailureAnalysis analyze(Throwable root, MasterUnavailableException none) {
    return new FailureAnalysis(
        "No Redis master: " + none.getMessage(),
        "Check that the nodes, and the monitors or Sentinels, run and can be reached from here, that"
            + " user and password are theirs, and that jedis-failover.master-name is the name that"
            + " they have for the group. jedis-failover.start-timeout is how long the start waits;"
            + " with 0ms it does not wait, and calls do until there is a master.",
        none);
  }
}
