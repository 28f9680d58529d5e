package dev.corral;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One loader call, as its {@link ContextLoader} sees it. */
final class LoadCall<V> implements LoadContext<V> {

  private final @Nullable Entry<V> previous;
  private @Nullable Freshness chosen;
  private boolean notModified;
  private List<String> tags = List.of();

  LoadCall(@Nullable Entry<V> previous) {
    this.previous = previous;
  }

  @Override
  public Optional<V> previous() {
    return previous == null ? Optional.empty() : Optional.ofNullable(previous.value);
  }

  @Override
  public V notModified() {
    V value = previous().orElse(null);
    if (value == null) {
      throw new IllegalStateException("notModified needs a previous value, and there is none");
    }
    notModified = true;
    return value;
  }

  @Override
  public void freshness(Freshness freshness) {
    chosen = Objects.requireNonNull(freshness, "freshness");
  }

  @Override
  public void tags(String... more) {
    List<String> all = new ArrayList<>(tags);
    all.addAll(Arrays.asList(more));
    tags = TagNames.checkAll(all);
  }

  /** The tags that the loader put on the value, or that the value had if it is still the same. */
  List<String> tags(@Nullable V value) {
    EntryTags had = previous == null ? null : previous.tags();
    if (had == null || !confirms(value)) {
      return tags;
    }
    List<String> all = new ArrayList<>(had.names());
    all.addAll(tags);
    return all;
  }

  /** What the loader decided, or null if it left that to the cache. */
  @Nullable Freshness chosen() {
    return chosen;
  }

  /** Whether the loader said "not modified" and then returned that very value. */
  boolean confirms(@Nullable V value) {
    return notModified && previous != null && previous.value == value;
  }
}
