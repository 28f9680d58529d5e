package dev.corral;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The keys whose change a thread runs. What such a thread loads of them is loaded apart, and kept
 * nowhere: it may see what it has not committed, which is nobody else's to see; and it must not
 * wait for its own change to end.
 */
final class OwnChanges<K> {

  // Each set is used by its own thread alone.
  private final ConcurrentMap<Thread, Set<K>> running = new ConcurrentHashMap<>();

  <X extends Exception> void run(K key, Change<X> change) throws X {
    Set<K> own = running.computeIfAbsent(Thread.currentThread(), thread -> new HashSet<>());
    boolean outermost = own.add(key);
    try {
      change.run();
    } finally {
      if (outermost) {
        own.remove(key);
      }
      if (own.isEmpty()) {
        running.remove(Thread.currentThread());
      }
    }
  }

  /** Whether the current thread runs a change of this key. */
  boolean has(K key) {
    if (running.isEmpty()) {
      return false;
    }
    Set<K> own = running.get(Thread.currentThread());
    return own != null && own.contains(key);
  }
}
