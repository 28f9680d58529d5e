package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.corral.codec.Codec;
import dev.corral.codec.CodecException;
import dev.corral.codec.StringCodec;
import dev.corral.remote.RemoteRegion;
import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTroubleTest {

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "a").set(2, "b");

  /** Text as bytes, of which a test says what goes wrong. */
  private record TextCodec(String name, Function<String, byte[]> out, Function<byte[], String> in)
      implements Codec<String> {

    static TextCodec named(String name) {
      return new TextCodec(name, text -> text.getBytes(UTF_8), bytes -> new String(bytes, UTF_8));
    }

    TextCodec writing(Function<String, byte[]> other) {
      return new TextCodec(name, other, in);
    }

    TextCodec reading(Function<byte[], String> other) {
      return new TextCodec(name, out, other);
    }

    @Override
    public byte[] encode(String value) {
      return out.apply(value);
    }

    @Override
    public String decode(byte[] bytes) {
      return in.apply(bytes);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private CacheBuilder<Long, String> node(Codec<String> codec) {
    return cluster.alone().remote(cluster.server.newNode(), codec);
  }

  @SuppressWarnings({"NullAway", "ReturnsNullCollection"}) // a codec must not, but may
  private static List<Codec<String>> codecsThatCannotWrite() {
    return List.of(
        StringCodec.utf8(),
        TextCodec.named("throws anything")
            .writing(
                text -> {
                  if (text.equals("b")) {
                    return text.getBytes(UTF_8);
                  }
                  throw new IllegalStateException("no bytes");
                }),
        TextCodec.named("nests too deeply")
            .writing(
                text -> {
                  if (text.equals("b")) {
                    return text.getBytes(UTF_8);
                  }
                  throw new StackOverflowError();
                }),
        TextCodec.named("returns null")
            .writing(text -> text.equals("b") ? text.getBytes(UTF_8) : null));
  }

  @ParameterizedTest
  @MethodSource("codecsThatCannotWrite")
  void aValueThatCannotBeWrittenIsStillServed(Codec<String> codec) {
    var cache = node(codec).build();
    origin.set(1, "\uD83D");

    assertThat(cache.get(1L, origin)).isEqualTo("\uD83D");
    assertThat(cache.get(1L, origin)).isEqualTo("\uD83D");

    assertThat(origin.loads()).isOne();
    assertThat(cluster.server.countOf(RemoteStep.DELIVER)).isOne();
  }

  @ParameterizedTest
  @MethodSource("codecsThatCannotWrite")
  void otherNodesLoadForThemselvesWhatCannotBeWritten(Codec<String> codec) {
    node(codec).build().get(1L, origin.set(1, "\uD83D"));

    assertThat(node(codec).build().get(1L, origin)).isEqualTo("\uD83D");

    assertThat(origin.loads()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("codecsThatCannotWrite")
  void amongSeveralValuesThoseThatCanBeWrittenAre(Codec<String> codec) {
    origin.set(1, "\uD83D");

    assertThat(node(codec).build().getAll(List.of(1L, 2L), origin))
        .containsExactly(Map.entry(1L, "\uD83D"), Map.entry(2L, "b"));

    assertThat(cluster.server.countOf(RemoteStep.DELIVER)).isOne();
    assertThat(node(codec).build().getAll(List.of(1L, 2L), origin)).hasSize(2);
    assertThat(origin.asked()).last().isEqualTo(java.util.Set.of(1L));
  }

  @ParameterizedTest
  @MethodSource("codecsThatCannotWrite")
  void anUncachedValueThatCannotBeWrittenIsServedToo(Codec<String> codec) {
    var cache = node(codec).build();

    assertThat(
            cache.get(
                1L,
                (key, context) -> {
                  context.freshness(Freshness.uncached());
                  return "\uD83D";
                }))
        .isEqualTo("\uD83D");

    assertThat(cluster.server.countOf(RemoteStep.DELIVER)).isOne();
  }

  @ParameterizedTest
  @MethodSource("codecsThatCannotWrite")
  void aPutOfWhatCannotBeWrittenIsRefused(Codec<String> codec) {
    var cache = node(codec).build();

    assertThatExceptionOfType(CodecException.class).isThrownBy(() -> cache.put(1L, "\uD83D"));

    assertThat(cluster.server.countOf(RemoteStep.PUT)).isZero();
  }

  private final Codec<String> broken =
      TextCodec.named("utf-8")
          .writing(
              text -> {
                throw new LinkageError("no such class");
              });

  @Test
  void anErrorOfACodecHoldsNoOtherNodeUp() {
    var cache = node(broken).build();

    assertThatExceptionOfType(LinkageError.class).isThrownBy(() -> cache.get(1L, origin));

    // Within the lease: time stands still.
    var other = node(StringCodec.utf8()).build();
    assertThat(Call.start(() -> other.get(1L, origin)).value()).isEqualTo("a");
  }

  @Test
  void anErrorOfACodecAmongSeveralValuesHoldsNoOtherNodeUp() {
    var cache = node(broken).build();

    assertThatExceptionOfType(LinkageError.class)
        .isThrownBy(() -> cache.getAll(List.of(1L, 2L), origin));

    var other = node(StringCodec.utf8()).build();
    assertThat(Call.start(() -> other.get(1L, origin)).value()).isEqualTo("a");
    assertThat(Call.start(() -> other.get(2L, origin)).value()).isEqualTo("b");
  }

  @Test
  void aValueOfAnotherCodecIsReplaced() {
    node(TextCodec.named("json")).build().get(1L, origin);

    assertReplaced(node(StringCodec.utf8()).build());
  }

  @SuppressWarnings("NullAway") // a codec must not, but may
  private static List<Codec<String>> codecsThatCannotRead() {
    return List.of(
        TextCodec.named("utf-8")
            .reading(
                bytes -> {
                  throw new CodecException("not mine");
                }),
        TextCodec.named("utf-8")
            .reading(
                bytes -> {
                  throw new IndexOutOfBoundsException("not mine");
                }),
        TextCodec.named("utf-8")
            .reading(
                bytes -> {
                  throw new StackOverflowError(); // as one does that follows whatever is nested
                }),
        TextCodec.named("utf-8").reading(bytes -> null));
  }

  @ParameterizedTest
  @MethodSource("codecsThatCannotRead")
  void aValueThatTheCodecCannotReadIsReplaced(Codec<String> codec) {
    node(StringCodec.utf8()).build().get(1L, origin);

    var cache = node(codec).build();
    assertThat(cache.get(1L, origin.set(1, "new"))).isEqualTo("new");

    assertThat(cache.stats().get(Stat.MALFORMED)).isOne();
    assertThat(cluster.server.countOf(RemoteStep.REPLACE)).isOne();
    assertThat(node(StringCodec.utf8()).build().get(1L, origin)).isEqualTo("new");
  }

  @Test
  void bytesThatAreNoEntryAreReplaced() {
    putBytes("1", "<html>".getBytes(UTF_8));

    assertReplaced(node(StringCodec.utf8()).build());
  }

  @Test
  void anEntryOfAnotherKeyIsReplaced() {
    putBytes("1", entryOf("2", 0));

    assertReplaced(node(StringCodec.utf8()).build());
  }

  private void assertReplaced(TieredCache<Long, String> cache) {
    assertThat(cache.get(1L, origin.set(1, "new"))).isEqualTo("new");

    assertThat(cache.stats().get(Stat.MALFORMED)).isOne();
    assertThat(cluster.server.countOf(RemoteStep.REPLACE)).isOne();
    var next = node(StringCodec.utf8()).build();
    assertThat(next.get(1L, origin)).isEqualTo("new");
    assertThat(next.stats().get(Stat.REMOTE_HIT)).isOne();
  }

  @Test
  void amongSeveralKeysTheMalformedOnesAreReplaced() {
    putBytes("1", "<html>".getBytes(UTF_8));
    var cache = node(StringCodec.utf8()).build();

    assertThat(cache.getAll(List.of(1L, 2L), origin))
        .containsExactly(Map.entry(1L, "a"), Map.entry(2L, "b"));

    assertThat(cache.stats().get(Stat.MALFORMED)).isPositive();
    assertThat(node(StringCodec.utf8()).build().get(1L, origin)).isEqualTo("a");
    assertThat(origin.loads()).isEqualTo(2);
  }

  @Test
  void aStaleValueThatCannotBeReadAnyMoreIsReplaced() {
    var cache = node(StringCodec.utf8()).build();
    cache.get(1L, origin);
    cluster.advance(FRESH);
    putBytes("1", "<html>".getBytes(UTF_8));

    assertThat(cache.get(1L, origin.set(1, "new"))).isEqualTo("new");

    assertThat(cache.stats().get(Stat.MALFORMED)).isOne();
  }

  @Test
  void aSenselessCostDoesNotMakeAValueImmortal() {
    for (long cost : new long[] {Long.MAX_VALUE, Long.MAX_VALUE / 1_000 + 1, 1L << 54}) {
      var cache = node(StringCodec.utf8()).refreshAhead(100).executor(new ManualExecutor()).build();
      putBytes("1", entryOf("1", cost));

      assertThat(cache.get(1L, origin)).isEqualTo("a");
      assertThat(cache.get(1L, Duration.ofDays(36_500), origin)).isEqualTo("a");
      cluster.advance(FRESH);

      assertThat(cache.getIfPresent(1L)).isEmpty();
      assertThat(cache.get(1L, key -> "new")).isEqualTo("new");
    }
  }

  private void putBytes(String key, byte[] bytes) {
    try (RemoteRegion region = cluster.server.newNode().open("products", new DeafNode())) {
      region.put(key, bytes, FRESH);
    }
  }

  private static byte[] entryOf(String key, long costMicros) {
    return EntryFormat.encode(
        StoredEntry.value(FRESH.toMillis(), 0, costMicros, "a".getBytes(UTF_8)),
        key,
        EntryFormat.codecMark("utf-8"));
  }

  @Test
  void schemasShareNothing() {
    var first = node(StringCodec.utf8()).build();
    var second = node(StringCodec.utf8()).schema("v2").build();
    first.get(1L, origin);

    assertThat(second.get(1L, origin.set(1, "new"))).isEqualTo("new");
    second.invalidate(1L);

    assertThat(first.getIfPresent(1L)).contains("a");
    assertThat(second.stats().get(Stat.MALFORMED)).isZero();
  }

  @Test
  void nodesOfOneSchemaShareAll() {
    node(StringCodec.utf8()).schema("v2").build().get(1L, origin);

    assertThat(node(StringCodec.utf8()).schema("v2").build().get(1L, origin.set(1, "new")))
        .isEqualTo("a");
  }
}
