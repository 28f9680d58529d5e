package dev.corral;

import dev.corral.codec.Codec;
import dev.corral.codec.KeyCodec;
import dev.corral.observe.StepObserver;
import dev.corral.origin.Origin;
import dev.corral.remote.RemoteStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The options of one cache, frozen. {@link CacheBuilder} says what each means. */
record Config<K, V>(
    String name,
    boolean passThrough,
    FreshnessPolicy<? super K, ? super V> freshness,
    Freshness absent,
    double jitter,
    double refreshAheadBeta,
    long maximumSize,
    int maximumBatchSize,
    Duration loadTimeout,
    Duration leaseTime,
    Backoff backoff,
    Duration softTimeout,
    Origin origin,
    Duration syncInterval,
    @Nullable Duration localWhileDisconnected,
    Undelivered undelivered,
    @Nullable TagPolicy<? super K, ? super V> tags,
    @Nullable ToLongFunction<? super V> version,
    Duration versionMarkFor,
    KeyCodec<K> keys,
    @Nullable Remote<V> remote,
    List<CacheListener<? super K, ? super V>> listeners,
    List<StepObserver> observers,
    List<InvalidationSource<K>> sources,
    @Nullable Executor executor,
    @Nullable ScheduledExecutorService scheduler,
    Ticker ticker,
    DoubleSupplier random) {

  /** The second tier: where it is, how values are written there, and under which schema. */
  record Remote<V>(
      RemoteStore store, Codec<V> codec, int maximumValueBytes, @Nullable String schema) {

    String region(String cache) {
      return schema == null ? cache : cache + "@" + schema;
    }
  }
}
