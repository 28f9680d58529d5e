package dev.corral;

import dev.corral.codec.Codec;
import dev.corral.codec.CodecException;
import dev.corral.codec.EntryName;
import dev.corral.remote.StoredValue;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns entries into the bytes that the remote tier keeps, and back. Bytes that cannot be read are
 * counted, and are nothing.
 */
final class StoredValues<K, V> {

  private static final long NANOS_PER_MILLI = 1_000_000L;

  /** Half an hour: more than any load that is worth refreshing ahead. */
  private static final long LONGEST_COST_MICROS = 1_800_000_000L;

  private final String cache;
  private final Codec<V> codec;
  private final int codecMark;
  private final int maximumBytes;
  private final String namespace;
  private final String region;
  private final Entries<K, V> entries;
  private final Trust trust;
  private final StatsCounter stats;

  StoredValues(
      String cache,
      Config.Remote<V> second,
      Entries<K, V> entries,
      Trust trust,
      StatsCounter stats) {
    this.cache = cache;
    this.codec = second.codec();
    this.codecMark = EntryFormat.codecMark(codec.name());
    this.maximumBytes = second.maximumValueBytes();
    this.namespace = second.store().namespace();
    this.region = second.region(cache);
    this.entries = entries;
    this.trust = trust;
    this.stats = stats;
  }

  /**
   * Returns what a stored value says, or null if its bytes are not a value of this key. Whether its
   * tags still hold is for the remote tier to say.
   *
   * @param askedAt a time before the store counted what is left of the value's life
   * @param era of the key, read before the store was asked
   */
  @Nullable Stored<V> decode(String text, StoredValue stored, long askedAt, Era era) {
    byte[] bytes = stored.bytes();
    StoredEntry body =
        bytes.length > maximumBytes ? null : EntryFormat.decode(bytes, text, codecMark);
    if (body == null) {
      stats.count(Stat.MALFORMED);
      return null;
    }
    if (body.isAbsent()) {
      return aged(body, null, stored, askedAt, era);
    }
    V value = decode(text, body.payload());
    if (value == null) {
      stats.count(Stat.MALFORMED);
      return null;
    }
    return aged(body, value, stored, askedAt, era);
  }

  /** Returns what a stored value says but for the value itself, or null; counts nothing. */
  @Nullable StoredEntry peek(String text, StoredValue stored) {
    byte[] bytes = stored.bytes();
    return bytes.length > maximumBytes ? null : EntryFormat.decode(bytes, text, codecMark);
  }

  /** Returns the value of some bytes, or null if the codec has none, in whatever way it says so. */
  private @Nullable V decode(String text, byte[] payload) {
    try {
      return codec.decode(payload, name(text));
    } catch (RuntimeException | StackOverflowError e) {
      return null; // the latter from a codec that follows what is nested as deeply as it goes
    }
  }

  private EntryName name(String text) {
    return new EntryName(namespace, region, text);
  }

  /**
   * The store counts a life down as a whole; how old the value is follows from what is left. It
   * counts whole milliseconds, so that up to one more may have gone by: without that, a value that
   * was published in this very millisecond would seem to be younger than the call that asks for it.
   */
  private Stored<V> aged(
      StoredEntry body, @Nullable V value, StoredValue stored, long askedAt, Era era) {
    long total = body.freshMillis() + body.staleMillis();
    long left = Math.max(0, Math.min(stored.leftMillis(), total));
    long freshLeft = left - body.staleMillis();
    // Whoever wrote the bytes may have put anything there, such as what overflows below.
    long costNanos = Math.min(body.costMicros(), LONGEST_COST_MICROS) * 1_000;
    long loadedAt = askedAt - (total - left + 1) * NANOS_PER_MILLI - costNanos;
    Entry<V> entry =
        entries.living(
            value,
            loadedAt,
            costNanos,
            askedAt,
            freshLeft * NANOS_PER_MILLI,
            body.staleMillis() * NANOS_PER_MILLI,
            stored.stamp(),
            era,
            body.tags().isEmpty() ? null : trust.tags(body.tags()));
    return new Stored<>(entry, new Life(body.freshMillis(), body.staleMillis()));
  }

  /**
   * Returns the bytes of a value, or of there being none.
   *
   * @throws CodecException if the value has none
   * @throws ValueTooLargeException if there are more of them than the remote tier is given
   */
  byte[] encode(
      String text, @Nullable V value, Life life, long costNanos, @Nullable EntryTags tags) {
    long costMicros = costNanos / 1_000;
    StoredEntry body =
        value == null
            ? StoredEntry.absent(life.freshMillis(), life.staleMillis(), costMicros)
            : StoredEntry.value(
                life.freshMillis(), life.staleMillis(), costMicros, encode(text, value));
    if (body.payload().length > maximumBytes) {
      throw new ValueTooLargeException(body.payload().length, maximumBytes);
    }
    byte[] bytes =
        EntryFormat.encode(tags == null ? body : body.tagged(tags.marks()), text, codecMark);
    if (bytes.length > maximumBytes) {
      throw new ValueTooLargeException(bytes.length, maximumBytes);
    }
    return bytes;
  }

  /** Returns the bytes of a value, or says in one way only that it has none. */
  private byte[] encode(String text, V value) {
    try {
      return Objects.requireNonNull(codec.encode(value, name(text)), "bytes");
    } catch (CodecException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // The latter from a codec that follows what is nested as deeply as it goes.
      throw new CodecException("The codec " + codec.name() + " of cache " + cache + " threw", e);
    }
  }
}
