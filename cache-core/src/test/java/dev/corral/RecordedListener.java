package dev.corral;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Remembers as text what it was told. */
final class RecordedListener implements CacheListener<Object, Object> {

  private final List<String> told = new CopyOnWriteArrayList<>();

  /** Returns what was told since this was asked last. */
  List<String> news() {
    List<String> news = List.copyOf(told);
    told.clear();
    return news;
  }

  @Override
  public void loaded(Object key, @Nullable Object value, Duration cost) {
    told.add("loaded " + key + " " + value + " " + cost);
  }

  @Override
  public void loadFailed(Object key, Throwable failure, Duration cost) {
    told.add("loadFailed " + key + " " + failure.getMessage() + " " + cost);
  }

  @Override
  public void staleServed(Object key, Duration staleFor) {
    told.add("staleServed " + key + " " + staleFor);
  }

  @Override
  public void refreshStarted(Object key) {
    told.add("refreshStarted " + key);
  }

  @Override
  public void publishRefused(Object key) {
    told.add("publishRefused " + key);
  }

  @Override
  public void versionRefused(Object key) {
    told.add("versionRefused " + key);
  }

  @Override
  public void invalidated(Object key, InvalidationOrigin origin) {
    told.add("invalidated " + key + " " + origin);
  }

  @Override
  public void invalidatedAll(InvalidationOrigin origin) {
    told.add("invalidatedAll " + origin);
  }

  @Override
  public void tagInvalidated(String tag, InvalidationOrigin origin) {
    told.add("tagInvalidated " + tag + " " + origin);
  }

  @Override
  public void tagInvalidationPending(String tag) {
    told.add("tagInvalidationPending " + tag);
  }

  @Override
  public void invalidationPending(Collection<?> keys) {
    told.add("invalidationPending " + keys);
  }

  @Override
  public void invalidationsReplayed(int count) {
    told.add("invalidationsReplayed " + count);
  }

  @Override
  public void partitionSuspected(int partition) {
    told.add("partitionSuspected " + partition);
  }

  @Override
  public void remoteDown(Throwable failure) {
    told.add("remoteDown " + failure.getMessage());
  }

  @Override
  public void remoteUp() {
    told.add("remoteUp");
  }
}
