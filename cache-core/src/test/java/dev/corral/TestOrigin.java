package dev.corral;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An origin whose values a test sets: what it holds is what loaders return. Counts who asks, and
 * may take its time or fail. Used by one thread.
 */
final class TestOrigin implements Loader<Long, String>, BulkLoader<Long, String> {

  private final ManualTicker ticker;
  private final Map<Long, String> rows = new LinkedHashMap<>();
  private final List<Set<Long>> asked = new ArrayList<>();
  private Duration cost = Duration.ZERO;
  private @Nullable Exception failure;

  TestOrigin(ManualTicker ticker) {
    this.ticker = ticker;
  }

  TestOrigin set(long key, String value) {
    rows.put(key, value);
    return this;
  }

  TestOrigin remove(long key) {
    rows.remove(key);
    return this;
  }

  /** Lets each load last this long from now on, by the ticker. */
  TestOrigin costs(Duration time) {
    cost = time;
    return this;
  }

  TestOrigin failWith(Exception exception) {
    failure = exception;
    return this;
  }

  TestOrigin recover() {
    failure = null;
    return this;
  }

  /** Returns how often a loader was called. */
  int loads() {
    return asked.size();
  }

  /** Returns the keys of each call. */
  List<Set<Long>> asked() {
    return asked;
  }

  @Override
  public @Nullable String load(Long key) throws Exception {
    ask(Set.of(key));
    return rows.get(key);
  }

  @Override
  public Map<Long, String> loadAll(Set<? extends Long> keys) throws Exception {
    ask(Set.copyOf(keys));
    Map<Long, String> found = new LinkedHashMap<>(rows);
    found.keySet().retainAll(keys);
    return found;
  }

  private void ask(Set<Long> keys) throws Exception {
    asked.add(keys);
    ticker.advance(cost);
    if (failure != null) {
      throw failure;
    }
  }
}
