package io.github.jedisfailover.internal.monitor.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is sent to a client: replies, and messages of subscriptions. */
public sealed interface Reply {
  Reply OK = new Simple("OK");

  /** No reply at all. */
  Reply NOTHING = new Several(List.of());

  /** The reply's bytes. */
  default byte[] encode(boolean resp3) {
    ReplyWriter out = new ReplyWriter(resp3);
    writeTo(out);
    return out.bytes();
  }

  /** Each kind writes itself. */
  void writeTo(ReplyWriter out);

  static Reply simples(List<String> lines) {
    return new Array(lines.stream().map(l -> (Reply) new Simple(l)).toList());
  }

  static Reply bulks(String... values) {
    return new Array(Arrays.stream(values).map(v -> (Reply) new Bulk(v)).toList());
  }

  record Simple(String text) implements Reply {
    @Override
    public void writeTo(ReplyWriter out) {
      out.line('+', text);
    }
  }

  /** {@code text} begins with the code, for example {@code ERR}. */
  record Error(String text) implements Reply {
    @Override
    public void writeTo(ReplyWriter out) {
      out.line('-', text);
    }
  }

  record Int(long value) implements Reply {
    @Override
    public void writeTo(ReplyWriter out) {
      out.line(':', Long.toString(value));
    }
  }

  record Bulk(String value) implements Reply {
    @Override
    public void writeTo(ReplyWriter out) {
      out.bulk(value);
    }
  }

  /** No such bulk. */
  record NullBulk() implements Reply {
    @Override
    public void writeTo(ReplyWriter out) {
      out.nothing("$-1");
    }
  }

  /** No such array. */
  record NullArray() implements Reply {
    @Override
    public void writeTo(ReplyWriter out) {
      out.nothing("*-1");
    }
  }

  record Array(List<Reply> items) implements Reply {
    public Array {
      items = List.copyOf(items);
    }

    @Override
    public void writeTo(ReplyWriter out) {
      out.count('*', items.size());
      items.forEach(i -> i.writeTo(out));
    }
  }

  /** A set in RESP3, an array in RESP2. */
  record Unordered(List<Reply> items) implements Reply {
    public Unordered {
      items = List.copyOf(items);
    }

    @Override
    public void writeTo(ReplyWriter out) {
      out.setHeader(items.size());
      items.forEach(i -> i.writeTo(out));
    }
  }

  /** Text for people: a verbatim string in RESP3, a bulk string in RESP2. */
  record Text(String value) implements Reply {
    @Override
    public void writeTo(ReplyWriter out) {
      out.text(value);
    }
  }

  /** A double in RESP3, a bulk string in RESP2. */
  record Decimal(double value) implements Reply {
    @Override
    public void writeTo(ReplyWriter out) {
      out.decimal(value);
    }
  }

  /** A map in RESP3, a flat array of keys and values in RESP2. */
  record Pairs(List<Pair> pairs) implements Reply {
    public Pairs {
      pairs = List.copyOf(pairs);
    }

    /** Alternating keys and values, all bulk strings. */
    public static Pairs ofBulks(List<String> flat) {
      List<Pair> pairs = new ArrayList<>();
      for (int i = 0; i + 1 < flat.size(); i += 2) {
        pairs.add(new Pair(flat.get(i), new Bulk(flat.get(i + 1))));
      }
      return new Pairs(pairs);
    }

    @Override
    public void writeTo(ReplyWriter out) {
      out.mapHeader(pairs.size());
      for (Pair pair : pairs) {
        out.bulk(pair.key());
        pair.value().writeTo(out);
      }
    }
  }

  /** One entry of a map. */
  record Pair(String key, Reply value) {}

  /** Out of band in RESP3, an array in RESP2. */
  record Push(List<Reply> items) implements Reply {
    public Push {
      items = List.copyOf(items);
    }

    @Override
    public void writeTo(ReplyWriter out) {
      out.pushHeader(items.size());
      items.forEach(i -> i.writeTo(out));
    }
  }

  /** Several frames after each other, as (UN)SUBSCRIBE answers once per channel. */
  record Several(List<Reply> frames) implements Reply {
    public Several {
      frames = List.copyOf(frames);
    }

    @Override
    public void writeTo(ReplyWriter out) {
      frames.forEach(f -> f.writeTo(out));
    }
  }
}
