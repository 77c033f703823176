package io.github.jedisfailover.internal.monitor.acl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AclUserTest {
  private static AclUser user(String rules) {
    AclUser user = AclUser.fresh("u");
    for (String rule : rules.split(" ")) {
      user = user.with(rule);
    }
    return user;
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '=',
      textBlock =
          """
      on                       = user u on resetchannels -@all
      on nopass ~* &* +@all    = user u on nopass ~* &* +@all
      allcommands -@dangerous  = user u off resetchannels +@all -@dangerous
      +@admin                  = user u off resetchannels -@all +@admin
      +PING                    = user u off resetchannels -@all +ping
      &a &b &a                 = user u off resetchannels &a &b -@all
      ~k allkeys resetkeys ~x  = user u off ~x resetchannels -@all
      on reset                 = user u off sanitize-payload resetchannels -@all
      """)
  void rulesAddUp(String rules, String described) {
    assertThat(user(rules).describe()).isEqualTo(described);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '=',
      textBlock =
          """
      foo            = Syntax error
      +nosuch        = Unknown command or category name in ACL
      -@nosuch       = Unknown command or category name in ACL
      +sentinel|     = Syntax error
      +sentinel|foo  = Unknown command or category name in ACL
      #abc           = The password hash must be exactly 64 characters
      <secret        = The password you are trying to remove from the user does not exist
      &* &x          = Adding a pattern after the * pattern (or the 'allchannels' flag)
      """)
  void whatCannotBeAppliedIsNamed(String rules, String reason) {
    assertThatThrownBy(() -> user(rules))
        .isInstanceOf(AclRuleException.class)
        .hasMessageStartingWith(reason);
  }

  /** What ACL SAVE writes must be what ACL LOAD reads, for any mixture of rules. */
  @Test
  void aDescriptionLeadsToTheSameUser() {
    List<String> pieces = new ArrayList<>(List.of("+@all", "-@all", "on", "nopass", ">a", "&x"));
    CommandCatalog.CATEGORIES.forEach(c -> pieces.addAll(List.of("+@" + c, "-@" + c)));
    CommandCatalog.all().forEach(c -> pieces.addAll(List.of("+" + c.name(), "-" + c.name())));
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      AclUser user = AclUser.fresh("u");
      for (int i = random.nextInt(12); i >= 0; i--) {
        user = user.with(pieces.get(random.nextInt(pieces.size())));
      }
      Users read = Users.read("f", List.of(user.describe()));
      assertThat(read.find("u")).as("seed %s", seed).contains(user);
    }
  }

  @Test
  void passwordsAreKeptAsHashesAndCompared() {
    AclUser user = user("on >secret");
    assertThat(user.passwords())
        .containsExactly("2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b");
    assertThat(user.toString()).doesNotContain("secret");
    assertThat(user.accepts("secret")).isTrue();
    assertThat(user.accepts("Secret")).isFalse();
    assertThat(user.accepts("")).isFalse();
    assertThat(user.with("off").accepts("secret")).isFalse();
    assertThat(user.with("nopass").accepts("anything")).isTrue();
    assertThat(user.with("<secret").accepts("secret")).isFalse();
  }

  @Test
  void channelsMatchByPatternAndPatternsOnlyLiterally() {
    Patterns channels = user("&+s* &__sentinel__:hello").channels();
    assertThat(channels.allow("+sdown")).isTrue();
    assertThat(channels.allow("-sdown")).isFalse();
    assertThat(channels.allowPattern("+s*")).isTrue();
    assertThat(channels.allowPattern("+sd*")).isFalse();
    assertThat(user("&*").channels().allowPattern("*")).isTrue();
  }

  @Test
  void aFileWithErrorsIsRefusedAndEveryLineNamed() {
    assertThatThrownBy(
            () -> Users.read("f", List.of("user a on +nosuch", "", "usr b", "user c >x", "user c")))
        .isInstanceOf(AclRuleException.class)
        .hasMessageContaining("f:1: Error in applying operation '+nosuch'")
        .hasMessageContaining("f:3 should start with user keyword")
        .hasMessageContaining("Duplicate user 'c' found on line 5")
        .hasMessageEndingWith("no change to the previously active ACL rules was performed");
  }

  @Test
  void theDefaultUserIsAlwaysThere() {
    assertThat(Users.OPEN.loginNeeded()).isFalse();
    assertThat(Users.OPEN.without(List.of("default")).find("default")).isPresent();
    Users closed = Users.OPEN.requiringPassword("pw");
    assertThat(closed.loginNeeded()).isTrue();
    assertThat(closed.accept("default", "pw")).isTrue();
    assertThat(closed.accept("nobody", "pw")).isFalse();
    assertThat(Users.read("f", List.of("user default off nopass")).loginNeeded()).isTrue();
  }

  @Test
  void theLogCountsWhatRepeatsAndStaysShort() {
    AclLog log = AclLog.empty(2);
    for (int i = 0; i < 5; i++) {
      log = log.with(refusal("role", 1_000L * i));
    }
    assertThat(log.entries()).singleElement().extracting(AclLog.Entry::count).isEqualTo(5);
    log = log.with(refusal("role", 64_001)).with(refusal("info", 64_002));
    assertThat(log.entries()).extracting(AclLog.Entry::object).containsExactly("info", "role");
    assertThat(log.entries()).extracting(AclLog.Entry::count).containsExactly(1, 1);
  }

  private static AclLog.Entry refusal(String command, long at) {
    return new AclLog.Entry(1, AclLog.Reason.COMMAND, command, "u", "id=1", at);
  }
}
