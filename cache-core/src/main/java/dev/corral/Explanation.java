package dev.corral;

import dev.corral.remote.KeyState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a key of a cache stands at one moment, for a person who wonders why it is served, or not.
 * The value itself is not in it. {@link #toString} tells it all in a few lines; their form may
 * change.
 *
 * @param cache the name of the cache
 * @param key the key
 * @param local what this process holds of the key, if anything
 * @param loading whether a thread of this process loads or refreshes it
 * @param leftAloneFor for how long this process tries no load of it, as one has just failed; empty
 *     if it would, or if the remote tier remembers failures
 * @param remote what the remote tier holds of it; empty without one
 */
public record Explanation(
    String cache,
    Object key,
    Optional<Copy> local,
    boolean loading,
    Optional<Duration> leftAloneFor,
    Optional<Remote> remote) {

  /** What may be done with a value. */
  public enum State {
    /** Served as it is. */
    FRESH,
    /** Served while it is loaded anew. */
    STALE,
    /** Not served any more. */
    GONE
  }

  /**
   * A value of one of the tiers.
   *
   * @param absent whether it says that the origin has no value
   * @param state by its age alone
   * @param freshFor for how much longer it is fresh; negative if that is over
   * @param servedFor for how much longer it may be served, if need be; negative if that is over
   * @param stamp its place in the order of its partition; 0 without a remote tier
   * @param tags the tags that it bears
   * @param trusted whether it is served without a question to the remote tier; of a value there,
   *     whether the tags that it bears hold
   * @param voided whether it is not served whatever its state, as one of its tags was invalidated
   * @param refreshPausedFor for how long this process tries no refresh of it
   */
  public record Copy(
      State state,
      boolean absent,
      Duration freshFor,
      Duration servedFor,
      long stamp,
      List<String> tags,
      boolean trusted,
      boolean voided,
      Optional<Duration> refreshPausedFor) {

    /** Copies the tags. */
    public Copy {
      tags = List.copyOf(tags);
    }
  }

  /**
   * What the remote tier answered.
   *
   * @param partition the index of the key's partition
   * @param pending whether an invalidation of the key is still to be told to the remote tier, so
   *     that it is not asked for the key until then
   * @param state what the store holds; empty if it did not answer
   * @param value what its value says; empty if it has none, or one that cannot be read
   * @param failure why it did not answer; empty if it did
   */
  public record Remote(
      int partition,
      boolean pending,
      Optional<KeyState> state,
      Optional<Copy> value,
      Optional<String> failure) {}

  @Override
  public String toString() {
    return ExplanationText.of(this);
  }
}
