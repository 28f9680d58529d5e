package dev.corral;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.codec.AesGcmCodec;
import dev.corral.codec.AesGcmKeys;
import dev.corral.codec.BytesCodec;
import dev.corral.codec.Codec;
import dev.corral.codec.DeflateCodec;
import dev.corral.codec.EntryName;
import dev.corral.codec.JacksonCodec;
import dev.corral.codec.StringCodec;
import dev.corral.fuzz.Fuzz;
import dev.corral.remote.Id;
import dev.corral.remote.InMemoryRemoteServer;
import dev.corral.remote.StoredValue;
import dev.corral.remote.TagMark;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What the remote tier may hold, as a cache reads it: entries of this and of other keys, schemas,
 * codecs and format versions, golden ones, and what became of them. Half of them have a right
 * checksum, and many a right header, so that the codecs get to see the rest.
 */
class StoredValuesFuzzTest {

  private static final String KEY = "42";
  private static final String REGION = "products@v2";
  private static final int LARGEST_INFLATED = 16 * 1024;
  private static final int LARGEST_VALUE = 8 * 1024;
  private static final Era ERA = new Trust(256).eras.of(0);
  private static final Id FILL = new Id(1, 2);
  private static final long ASKED_AT = 1_000;

  /** Jackson's parser, its buffers and an exception, whatever the input. */
  private static final int FIXED_BYTES = 64 * 1024;

  /** A JSON number or bracket of one byte becomes an object in a list, or in a map. */
  private static final int BYTES_FOR_ONE = 80;

  private final Fuzz fuzz = Fuzz.of("stored values");
  private final StatsCounter stats = new StatsCounter();
  private final List<Reader<?>> readers = readers();
  private final List<byte[]> bodies = bodies();
  private final List<byte[]> payloads = payloads();
  private int draw;

  /** A node with some codec, what was written for its key, and what for any other. */
  private record Reader<V>(Codec<V> codec, V value, V other, StoredValues<Long, V> values) {

    V valueOf(String region, String key) {
      return region.equals(REGION) && key.equals(KEY) ? value : other;
    }

    int mark() {
      return EntryFormat.codecMark(codec.name());
    }

    byte[] entry(String key) {
      return values.encode(key, valueOf(REGION, key), new Life(300_000, 60_000), 12_000_000, null);
    }

    byte[] tagged(String key) {
      var tags = new Trust(256).tags(List.of(new TagMark("a", 7), new TagMark("é", 9)));
      return values.encode(key, valueOf(REGION, key), new Life(300_000, 0), 12_000_000, tags);
    }

    byte[] absent(String key) {
      return values.encode(key, null, new Life(1, 0), 0, null);
    }

    /** Reads some bytes, and returns what it holds then, which is to be nothing but this value. */
    @Nullable Entry<V> read(byte[] bytes, long left) {
      var stored = values.decode(KEY, new StoredValue(bytes, FILL, 7, left), ASKED_AT, ERA);
      return stored == null ? null : stored.entry();
    }
  }

  private List<Reader<?>> readers() {
    Codec<Map<String, Object>> json = JacksonCodec.of(new JsonMap());
    Map<String, Object> map =
        Map.of(
            "id", 42, "name", "a table", "sizes", List.of(1, 2.5, 1e9), "more", Map.of("a", "b"));
    Map<String, Object> another = Map.of("id", 43);
    Codec<JsonNode> tree = JacksonCodec.of(JsonNode.class);
    JsonNode nested = tree.decode(nested());
    AesGcmKeys keys =
        AesGcmKeys.writing("new", new SecretKeySpec(new byte[32], "AES"))
            .reading("old", new SecretKeySpec(new byte[16], "AES"));
    return List.of(
        reader(StringCodec.utf8(), "a täble, ".repeat(20), "another"),
        reader(BytesCodec.asIs(), new byte[] {1, 2, 3}, new byte[0]),
        reader(json, map, another),
        reader(tree, nested, nested),
        reader(deflate(StringCodec.utf8()), "a table, ".repeat(100), "another"),
        reader(deflate(json), map, another),
        reader(AesGcmCodec.of(StringCodec.utf8(), keys), "a secret", "another secret"),
        reader(AesGcmCodec.of(deflate(json), keys), map, another));
  }

  private static final class JsonMap extends TypeReference<Map<String, Object>> {}

  private static byte[] nested() {
    return ("[".repeat(20) + "{\"a\":1}" + "]".repeat(20)).getBytes(UTF_8);
  }

  private static <V> DeflateCodec<V> deflate(Codec<V> codec) {
    return DeflateCodec.of(codec).compressFrom(10).maximumBytes(LARGEST_INFLATED);
  }

  private <V> Reader<V> reader(Codec<V> codec, V value, V other) {
    Lifetimes<Long, V> lifetimes =
        new Lifetimes<>((k, v) -> Freshness.uncached(), Freshness.uncached(), 0, () -> 0);
    var store = new InMemoryRemoteServer().newNode();
    var values =
        new StoredValues<>(
            "products",
            new Config.Remote<>(store, codec, LARGEST_VALUE, "v2"),
            new Entries<Long, V>(lifetimes, 1, 0),
            new Trust(256),
            stats);
    return new Reader<>(codec, value, other, values);
  }

  private List<byte[]> bodies() {
    List<byte[]> bodies = new ArrayList<>();
    for (Reader<?> reader : readers) {
      for (String key : List.of(KEY, "43", "")) {
        bodies.add(reader.entry(key));
        bodies.add(reader.tagged(key));
        bodies.add(reader.absent(key));
      }
    }
    for (GoldenEntry golden : GoldenEntry.readAll()) {
      if (golden.key().length() < 100) { // long ones only make this slow
        bodies.add(golden.bytes().toArray());
      }
    }
    return bodies;
  }

  /** What codecs write: for this entry, for another key, for another schema, and bombs. */
  private List<byte[]> payloads() {
    List<byte[]> payloads = new ArrayList<>();
    for (Reader<?> reader : readers) {
      addPayloads(reader, payloads);
    }
    byte[] bomb = DeflateCodec.of(BytesCodec.asIs()).encode(new byte[2 * 1024 * 1024]);
    payloads.add(bomb);
    payloads.add("[".repeat(4_000).getBytes(US_ASCII));
    payloads.add("9".repeat(4_000).getBytes(US_ASCII));
    payloads.add("{\"a\":1e999999999}".getBytes(US_ASCII));
    return payloads;
  }

  private static <V> void addPayloads(Reader<V> reader, List<byte[]> payloads) {
    for (String region : List.of(REGION, "products")) {
      for (String key : List.of(KEY, "43")) {
        V value = reader.valueOf(region, key);
        payloads.add(reader.codec.encode(value, new EntryName("", region, key)));
      }
    }
  }

  @Test
  void whateverIsThereIsACountedMissOrAnEntryThatEndsInTime() {
    Fuzz.Result result = fuzz.run(this::next, StoredValuesFuzzTest::allowed, this::isRead);

    // What may differ, such as the life in the header, must get through with a right checksum.
    assertThat(result.accepted()).isBetween(result.inputs() / 1_000, result.inputs() * 3 / 4);
  }

  private byte[] next() {
    draw = fuzz.random().nextInt(Integer.MAX_VALUE);
    return switch (fuzz.random().nextInt(4)) {
      case 0 -> fuzz.mutant(bodies);
      case 1 -> EntryBytes.withChecksum(fuzz.mutant(bodies));
      case 2 -> entryOf(fuzz.mutant(payloads));
      default -> entryOf(fuzz.any(payloads)); // that of another codec, key or schema
    };
  }

  private byte[] entryOf(byte[] payload) {
    return EntryFormat.encode(
        StoredEntry.value(300_000, 60_000, 12, payload), KEY, reader().mark());
  }

  private Reader<?> reader() {
    return readers.get(draw % readers.size());
  }

  private static long allowed(byte[] input) {
    return FIXED_BYTES + (long) BYTES_FOR_ONE * (input.length + LARGEST_INFLATED);
  }

  private boolean isRead(byte[] input) {
    Reader<?> reader = reader();
    long[] lives = {0, 1, 300_000, 360_000, Long.MAX_VALUE, Long.MIN_VALUE, -1};
    long left = lives[draw % lives.length];
    long before = stats.snapshot().get(Stat.MALFORMED);
    Entry<?> entry = reader.read(input, left);
    long counted = stats.snapshot().get(Stat.MALFORMED) - before;
    if (counted != (entry == null ? 1 : 0)) {
      throw new AssertionError("counted " + counted + " times");
    }
    if (entry == null) {
      return false;
    }
    if (input.length > LARGEST_VALUE) {
      throw new AssertionError("larger than the limit");
    }
    long most = Math.min(Math.max(0, left), 2 * StoredEntry.MAX_MILLIS);
    if (entry.goneAt - ASKED_AT > most * 1_000_000 || entry.loadedAt - ASKED_AT > 0) {
      throw new AssertionError("lives longer than " + left + " ms: until " + entry.goneAt);
    }
    // What was encrypted for another key or schema is not what this reader's value is.
    if (reader.codec() instanceof AesGcmCodec
        && entry.value != null
        && !entry.value.equals(reader.value())) {
      throw new AssertionError("decrypted to what was never encrypted: " + entry.value);
    }
    return true;
  }
}
