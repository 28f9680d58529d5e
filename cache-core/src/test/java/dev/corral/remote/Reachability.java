package dev.corral.remote;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells one node's regions how its store does: away at the first step that fails, back at the first
 * that does not. No step is refused. Thread-safe.
 */
final class Reachability {

  private final Set<RemoteEvents> regions = ConcurrentHashMap.newKeySet();
  private @Nullable Throwable away; // guarded by this

  synchronized void add(RemoteEvents region) {
    regions.add(region);
    if (away != null) {
      region.unavailable(away);
    }
  }

  synchronized void remove(RemoteEvents region) {
    regions.remove(region);
  }

  <T> T watch(Supplier<T> step) {
    try {
      T answer = step.get();
      note(null, RemoteEvents::available);
      return answer;
    } catch (RemoteStoreException e) {
      note(e, region -> region.unavailable(e));
      throw e;
    }
  }

  private synchronized void note(@Nullable Throwable failure, Consumer<RemoteEvents> change) {
    if ((failure == null) != (away == null)) {
      away = failure;
      regions.forEach(change);
    }
  }
}
