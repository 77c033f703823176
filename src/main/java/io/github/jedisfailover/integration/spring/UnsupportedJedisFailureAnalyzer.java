package io.github.jedisfailover.integration.spring;

import io.github.jedisfailover.exceptions.UnsupportedJedisException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to write where. */
final class UnsupportedJedisFailureAnalyzer
    extends AbstractFailureAnalyzer<UnsupportedJedisException> {
  @Override
  protected FailureAnalysis analyze(Throwable root, UnsupportedJedisException unsupported) {
    String needed = unsupported.needed();
    return new FailureAnalysis(
        "Jedis Failover needs Jedis "
            + needed
            + " or later, but the Jedis on the class path is "
            + unsupported.found()
            + ": Spring Boot's dependency management chooses that release.",
        "Set the release of Jedis yourself, and build again:"
            + "\n\n    Maven, in the <properties> of pom.xml:\n        <jedis.version>"
            + needed
            + "</jedis.version>"
            + "\n\n    Gradle, in build.gradle:\n        ext['jedis.version'] = '"
            + needed
            + "'",
        unsupported);
  }
}
