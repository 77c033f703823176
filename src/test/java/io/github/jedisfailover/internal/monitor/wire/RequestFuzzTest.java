package io.github.jedisfailover.internal.monitor.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jedisfailover.internal.monitor.acl.CommandCatalog;
import io.github.jedisfailover.internal.monitor.acl.CommandSpec;
import io.github.jedisfailover.internal.monitor.acl.Users;
import io.github.jedisfailover.internal.monitor.core.CoreView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Any bytes lead to replies that can be read, or to the declared error; never to another exception,
 * to unbounded memory, or to users that cannot be written down. Every input comes from its seed:
 * {@code -Dfuzz.inputs=10000000 -Dfuzz.first=0} for a longer or another run.
 */
class RequestFuzzTest {
  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 20_000);
  private static final int FIRST = Integer.getInteger("fuzz.first", 0);
  private static final RequestLimits LIMITS = RequestLimits.DEFAULT;
  private static final String ALPHABET = "*$:+-0123456789\r\n\r\n\"'\\x PING\0\u00ff";
  private static final List<String> WORDS =
      List.of(
          "",
          "0",
          "1",
          "-1",
          "x",
          "*",
          "default",
          "b",
          "on",
          "nopass",
          ">pw",
          "+@all",
          "-@all",
          "+sentinel|masters",
          "-ping",
          "&a",
          "&*",
          "resetchannels",
          "reset",
          "#",
          "<pw",
          "type",
          "pubsub",
          "id",
          "addr",
          "skipme",
          "no",
          "setname",
          "auth",
          "3",
          "2",
          "off",
          "skip",
          "__sentinel__:hello",
          "mymaster",
          "127.0.0.1",
          "26379",
          "99999999999999999999",
          "9223372036854775807",
          "-9223372036854775808",
          "filterby",
          "aclcat",
          "pattern",
          "[a-",
          "a\r\n+OK",
          "\0",
          "save",
          "abort",
          "bcast",
          "prefix",
          "redirect");

  private final CommandTable table = new CommandTable();

  /** One input with its own users and connections. */
  private final class Session implements ServerContext {
    private final KnownUsers access = new KnownUsers();
    private final KnownClients clients = new KnownClients();
    private ClientState state = ClientState.fresh(1);

    @Override
    public CoreView view() {
      return new CoreView("f".repeat(40), 1, false, 0, true, List.of());
    }

    @Override
    public ServerFacts facts() {
      return new ServerFacts("r", 1, 1, "", "", "", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    }

    @Override
    public ClientDirectory clients() {
      return clients;
    }

    @Override
    public AccessControl access() {
      return access;
    }

    void serve(List<String> request) {
      clients.open.clear();
      clients.add(state);
      clients.add(ClientState.fresh(2).loggedInAs("b"));
      Served served = table.serve(request, state.beginning(), this);
      if (served instanceof Served.Answer answer) {
        for (boolean resp3 : new boolean[] {false, true}) {
          String wire = new String(answer.reply().encode(resp3), ISO_8859_1);
          assertThat(new FrameReader(wire).readsAll()).as(wire).isTrue();
        }
        state = answer.after().ended();
      }
    }
  }

  @Test
  void anyBytesLeadToRepliesOrTheDeclaredError() {
    for (int i = 0; i < INPUTS; i++) {
      int seed = FIRST + i;
      try {
        run(new Random(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private void run(Random random) {
    Session session = new Session();
    RespCodec codec = new RespCodec(random.nextInt(4) == 0 ? LIMITS.beforeLogin() : LIMITS);
    try {
      for (int i = random.nextInt(8); i >= 0; i--) {
        byte[] bytes = input(random).getBytes(ISO_8859_1);
        int cut = random.nextInt(bytes.length + 1);
        codec.feed(bytes, 0, cut);
        serveAll(codec, session);
        codec.feed(bytes, cut, bytes.length - cut);
        serveAll(codec, session);
      }
    } catch (RespProtocolException declared) {
      assertThat(declared).hasMessageStartingWith("Protocol error: ");
    }
    assertThat(codec.capacity()).isLessThanOrEqualTo(4 * LIMITS.requestBytes());
    List<String> lines = session.access.users().describe();
    assertThat(Users.read("f", lines).describe()).isEqualTo(lines);
  }

  private static void serveAll(RespCodec codec, Session session) {
    Optional<List<String>> request = codec.next();
    while (request.isPresent()) {
      assertThat(request.get()).isNotEmpty().hasSizeLessThanOrEqualTo(LIMITS.arguments());
      session.serve(request.get());
      request = codec.next();
    }
  }

  private static String input(Random random) {
    String made = random.nextInt(5) == 0 ? noise(random) : request(random);
    boolean spoilt = random.nextInt(4) == 0 && !made.isEmpty();
    return spoilt ? spoil(made, random) : made;
  }

  private static String noise(Random random) {
    StringBuilder bytes = new StringBuilder();
    for (int i = random.nextInt(200); i >= 0; i--) {
      bytes.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return bytes.toString();
  }

  /** A command with arguments that mean something somewhere. */
  private static String request(Random random) {
    List<CommandSpec> all = CommandCatalog.all();
    String name = all.get(random.nextInt(all.size())).name();
    List<String> arguments = new ArrayList<>(List.of(name.split("\\|")));
    for (int i = random.nextInt(7); i > 0; i--) {
      boolean command = random.nextInt(6) == 0;
      arguments.add(
          command
              ? all.get(random.nextInt(all.size())).name()
              : WORDS.get(random.nextInt(WORDS.size())));
    }
    if (random.nextInt(5) == 0) {
      return String.join(" ", arguments) + "\r\n";
    }
    StringBuilder wire = new StringBuilder("*" + arguments.size() + "\r\n");
    arguments.forEach(a -> wire.append("$" + a.length() + "\r\n" + a + "\r\n"));
    return wire.toString();
  }

  private static String spoil(String text, Random random) {
    int at = random.nextInt(text.length());
    String put = String.valueOf(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    return switch (random.nextInt(3)) {
      case 0 -> text.substring(0, at) + put + text.substring(at);
      case 1 -> text.substring(0, at) + put + text.substring(at + 1);
      default -> text.substring(0, at);
    };
  }
}
