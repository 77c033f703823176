package io.github.jedisfailover.internal.monitor.wire;

import java.util.List;
import java.util.Locale;

/** One request with what it may read. */
record Request(List<String> arguments, ClientState client, ServerContext server) {
  String arg(int index) {
    return arguments.get(index);
  }

  int size() {
    return arguments.size();
  }

  String lower(int index) {
    return arg(index).toLowerCase(Locale.ROOT);
  }

  List<String> from(int index) {
    return arguments.subList(index, size());
  }

  Served answer(Reply reply) {
    return new Served.Answer(reply, client, false);
  }

  Served answer(Reply reply, ClientState after) {
    return new Served.Answer(reply, after, false);
  }

  Served error(String text) {
    return answer(new Reply.Error(text));
  }
}
