package dev.corral.remote;

import java.time.Duration;

/**
 * Says, for a while, which version of a key's value is the oldest that may be published. It guards
 * against origins that are read through replicas: a load that began after an invalidation may still
 * bring what the invalidation was about.
 *
 * <p>Of two marks of a key the higher stays, and stands for as long as the later one says. A store
 * may lose a mark, as it may lose a value; then nothing is lost but the guard.
 *
 * @param version larger is newer
 * @param life for how long the mark stands; at least one millisecond
 */
public record VersionMark(long version, Duration life) {

  /** Refuses a life that is too short. */
  public VersionMark {
    if (life.toMillis() < 1) {
      throw new IllegalArgumentException("life must be at least 1 ms: " + life);
    }
  }
}
