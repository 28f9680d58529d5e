package dev.corral;

import dev.corral.codec.KeyCodec;
import dev.corral.codec.KeyText;
import dev.corral.remote.Copy;
import dev.corral.remote.Id;
import dev.corral.remote.KeyState;
import dev.corral.remote.Lease;
import dev.corral.remote.Lookup;
import dev.corral.remote.Publication;
import dev.corral.remote.PublishAnswer;
import dev.corral.remote.RemoteRegion;
import dev.corral.remote.StoredFailure;
import dev.corral.remote.StoredValue;
import dev.corral.remote.TagMark;
import dev.corral.remote.VersionMark;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The region of a cache in the store that its nodes share, in terms of keys and entries instead of
 * text and bytes.
 */
final class RemoteTier<K, V> {

  /** In the place of a value that cannot be shared; no entry has these bytes. */
  private static final byte[] NOTHING = {};

  private final String cache;
  private final RemoteRegion region;
  private final KeyCodec<K> keys;
  private final Duration leaseTime;
  private final Backoff backoff;
  private final StoredValues<K, V> values;
  private final Versions<K, V> versions;
  private final Duration versionMarkFor;
  private final Trust trust;
  private final Ticker ticker;
  private final StatsCounter stats;

  RemoteTier(
      Config<K, V> config,
      RemoteRegion region,
      StoredValues<K, V> values,
      Versions<K, V> versions,
      Trust trust,
      StatsCounter stats) {
    this.cache = config.name();
    this.region = region;
    this.keys = config.keys();
    this.leaseTime = config.leaseTime();
    this.backoff = config.backoff();
    this.values = values;
    this.versions = versions;
    this.versionMarkFor = config.versionMarkFor();
    this.trust = trust;
    this.ticker = config.ticker();
    this.stats = stats;
  }

  /**
   * Returns the text of a key.
   *
   * @throws IllegalArgumentException if the key has none that can name an entry, or none that leads
   *     back to it, since messages could then not name it
   */
  String text(K key) {
    String text = KeyText.check(keys.encode(key));
    try {
      if (key.equals(keys.decode(text))) {
        return text;
      }
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(leadsNowhere(text, key), e);
    }
    throw new IllegalArgumentException(leadsNowhere(text, key));
  }

  private String leadsNowhere(String text, K key) {
    return "The keys option of cache %s does not decode \"%s\" to the key that it encoded: %s"
        .formatted(cache, text, key);
  }

  /** Returns the present era of a key, to be read before anybody is asked for its value. */
  Era eraOf(String text) {
    return trust.eras.of(RemoteRegion.partitionOf(text));
  }

  /**
   * Asks whether entries of eras that have ended are still good.
   *
   * @return each of them for the present era, or null if it is not
   */
  List<@Nullable Entry<V>> revalidate(List<String> texts, List<Entry<V>> entries, long askedAt) {
    List<Era> present = texts.stream().map(this::eraOf).toList();
    List<Copy> copies = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      copies.add(new Copy(texts.get(i), entries.get(i).stamp));
    }
    List<Optional<Duration>> left = region.revalidate(copies);
    stats.count(Stat.REVALIDATION, texts.size());
    List<@Nullable Entry<V>> good = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      int at = i;
      Entry<V> entry = entries.get(i);
      EntryTags own = entry.tags();
      EntryTags tags = own == null ? null : trust.tags(own.marks());
      good.add(
          left.get(i)
              .map(life -> entry.goodIn(present.get(at), tags, askedAt + life.toNanos()))
              .orElse(null));
    }
    dropVoid(good, Function.identity());
    return good;
  }

  Lookup lookUp(String text) {
    return counted(region.lookUp(text, leaseTime));
  }

  List<Lookup> lookUpAll(List<String> texts) {
    List<Lookup> lookups = region.lookUpAll(texts, leaseTime);
    lookups.forEach(this::counted);
    return lookups;
  }

  Lookup lookUpToRefresh(String text) {
    return counted(region.lookUpToRefresh(text, leaseTime));
  }

  Lookup replace(String text, Id unusable) {
    return counted(region.replace(text, unusable, leaseTime));
  }

  private Lookup counted(Lookup lookup) {
    if (lookup instanceof Lookup.Granted
        || (lookup instanceof Lookup.Refreshable found
            && found.right() instanceof Lookup.Granted)) {
      stats.count(Stat.LEASE_GRANTED);
    }
    return lookup;
  }

  /** Returns whether none of these tags has been invalidated; asks nobody if there are none. */
  boolean hold(List<TagMark> marks) {
    return marks.isEmpty() || !region.hold(marks).contains(false);
  }

  /** Returns where a key stands, and changes nothing. */
  KeyState inspect(String text) {
    return region.inspect(text);
  }

  Optional<Duration> await(String text, Lookup.Taken taken) {
    return region.await(text, taken);
  }

  /**
   * Returns what a stored value says, or null if its bytes are not a value of this key, or if it
   * bears a tag that was invalidated. Asks for the tags, if it has any, in another round trip.
   *
   * @param askedAt a time before the store counted what is left of the value's life
   * @param era of the key, read before the store was asked
   */
  @Nullable Stored<V> read(String text, StoredValue stored, long askedAt, Era era) {
    List<@Nullable Stored<V>> one = new ArrayList<>(1);
    one.add(values.decode(text, stored, askedAt, era));
    dropVoid(one);
    return one.get(0);
  }

  /** Puts null in the place of what bears a tag that was invalidated since its load began. */
  void dropVoid(List<@Nullable Stored<V>> found) {
    dropVoid(found, Stored::entry);
  }

  private <T> void dropVoid(List<@Nullable T> found, Function<T, Entry<V>> entryOf) {
    List<TagMark> marks = new ArrayList<>();
    for (T each : found) {
      EntryTags tags = each == null ? null : entryOf.apply(each).tags();
      if (tags != null) {
        marks.addAll(tags.marks());
      }
    }
    if (marks.isEmpty()) {
      return;
    }
    Iterator<Boolean> holds = region.hold(marks).iterator();
    for (int i = 0; i < found.size(); i++) {
      T each = found.get(i);
      EntryTags tags = each == null ? null : entryOf.apply(each).tags();
      if (tags != null && !allHold(tags.marks().size(), holds)) {
        found.set(i, null);
      }
    }
  }

  private static boolean allHold(int count, Iterator<Boolean> holds) {
    boolean all = true;
    for (int i = 0; i < count; i++) {
      all &= holds.next();
    }
    return all;
  }

  /**
   * As {@link #read}, of a value that was handed over and is stored nowhere: its life counts for
   * nothing, and its age is that of a load which has just ended.
   */
  @Nullable Entry<V> readDelivered(String text, StoredValue value, long askedAt, Era era) {
    var whole = new StoredValue(value.bytes(), value.fillId(), value.stamp(), Long.MAX_VALUE);
    Stored<V> stored = read(text, whole, askedAt, era);
    return stored == null ? null : stored.entry().goodIn(era, stored.entry().tags(), askedAt);
  }

  /** Counts an entry that was found here and need not be loaded. */
  Resolved<V> hit(Entry<V> entry) {
    stats.count(Stat.REMOTE_HIT);
    return Resolved.found(entry);
  }

  /** As {@link #hit(Entry)}, of what a refresh may have come for in vain. */
  Resolved<V> hit(Miss<K, V> miss, Entry<V> entry) {
    if (miss.isRefresh()) {
      stats.count(Stat.REFRESH_FOUND);
    }
    return hit(entry);
  }

  /** Stores a loaded value, if it may be stored. */
  PublishAnswer publish(Lease lease, Loaded<V> loaded, Life life) {
    return region.publish(publication(lease, loaded, life));
  }

  Publication publication(Lease lease, Loaded<V> loaded, Life life) {
    // The age follows from the cost: what went by since the load had ended, such as the encoding of
    // others of a batch, is part of it.
    long costNanos = ticker.read() - loaded.startedAt();
    byte[] bytes = values.encode(lease.key(), loaded.value(), life, costNanos, loaded.tags());
    var publication = new Publication(lease, bytes, Duration.ofMillis(life.totalMillis()));
    Long version = loaded.version();
    return versions.isOn()
        ? publication.guarded(version == null ? OptionalLong.empty() : OptionalLong.of(version))
        : publication;
  }

  List<PublishAnswer> publishAll(List<Publication> publications) {
    return region.publishAll(publications);
  }

  /** Gives a stored value another life; it passed the mark when it came, or came after it. */
  PublishAnswer extend(Lease lease, Life life) {
    return region.extend(lease, Duration.ofMillis(life.totalMillis()))
        ? PublishAnswer.STORED
        : PublishAnswer.LEASE_LOST;
  }

  /** Hands a value that is not to be stored to the nodes that wait for it. */
  void deliver(Lease lease, Loaded<V> loaded) {
    byte[] bytes =
        values.encode(
            lease.key(), loaded.value(), new Life(1, 0), loaded.costNanos(), loaded.tags());
    region.deliver(lease, bytes);
  }

  /** Tells the nodes that wait that there is a value, which they have to load for themselves. */
  void deliverNothing(Lease lease) {
    region.deliver(lease, NOTHING);
  }

  /** Returns whether a node that waits was told so. */
  static boolean isNothing(StoredValue delivered) {
    return delivered.bytes().length == 0;
  }

  void put(String text, byte[] bytes, Life life) {
    region.put(text, bytes, Duration.ofMillis(life.totalMillis()));
  }

  Lease beginWrite(String text) {
    return region.beginWrite(text, leaseTime);
  }

  /**
   * Returns whether the value was stored; if not, whatever was there is gone.
   *
   * @param version of the value, to be left as a mark; null if it has none
   */
  boolean endWrite(Lease lease, byte[] bytes, Life life, @Nullable Long version) {
    Duration total = Duration.ofMillis(life.totalMillis());
    return version == null
        ? region.endWrite(lease, bytes, total)
        : region.endWrite(lease, bytes, total, mark(version));
  }

  /** Remembers a failed load for the cluster, and returns for how long the key is left alone. */
  Optional<Duration> fail(Lease lease, Throwable failure) {
    StoredFailure text = new StoredFailure(FailureFormat.encode(failure));
    return region.fail(lease, text, backoff.rule(failure));
  }

  /** The failure of a key that is left alone at present. */
  LoadFailedException standing(K key, Lookup.BackingOff pause) {
    stats.count(Stat.BACKED_OFF);
    return failure(key, pause.failure(), pause.left());
  }

  LoadFailedException failure(K key, StoredFailure stored, Duration retryAfter) {
    FailureText text = FailureFormat.decode(stored.bytes());
    return new LoadFailedException(cache, key, text.type(), text.message(), retryAfter);
  }

  /** Returns of each lease, in the order given, whether it still stands. */
  List<Boolean> renewAll(List<Lease> leases) {
    return leases.size() == 1
        ? List.of(region.renew(leases.get(0), leaseTime))
        : region.renewAll(leases, leaseTime);
  }

  /** Counts a lease that was found lost before its load had ended. */
  void lost() {
    stats.count(Stat.LEASE_LOST);
  }

  void release(Lease lease) {
    region.release(lease);
  }

  void invalidate(String text) {
    region.invalidate(text);
  }

  /**
   * As {@link #invalidate(String)}.
   *
   * @param version to be left as a mark; null if there is none
   */
  void invalidate(String text, @Nullable Long version) {
    if (version == null) {
      region.invalidate(text);
    } else {
      region.invalidate(text, mark(version));
    }
  }

  void invalidateAll(List<String> texts) {
    region.invalidateAll(texts);
  }

  /** Invalidates several keys, and leaves a mark of each. */
  void invalidateAll(Map<String, Long> versions) {
    Map<String, VersionMark> marks = new LinkedHashMap<>();
    versions.forEach((text, version) -> marks.put(text, mark(version)));
    region.invalidateAll(marks);
  }

  private VersionMark mark(long version) {
    return new VersionMark(version, versionMarkFor);
  }

  /** Returns how far the tag's partition has come. */
  long invalidateTag(String tag) {
    return region.invalidateTag(tag);
  }

  void clear() {
    region.clear();
  }

  void close() {
    region.close();
  }
}
