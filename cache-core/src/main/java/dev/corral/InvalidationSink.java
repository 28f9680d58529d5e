package dev.corral;

import java.util.Collection;

/**
 * What an {@link InvalidationSource} reports to. Each report does what {@link
 * TieredCache#invalidate} does: nothing that was loaded before it is served afterwards, by this
 * node, from the remote tier, or by another node that the message has reached. Listeners are told
 * {@link InvalidationOrigin#SOURCE}.
 *
 * <p>Thread-safe. Blocks for one round trip to the remote tier. A report that comes after the
 * source's subscription was closed is ignored: a queue that keeps messages until they are
 * acknowledged must acknowledge none from then on.
 *
 * <p>If the remote tier is away, the report takes effect in this process and is delivered later. If
 * {@link Undelivered#THROW} was asked for, the source is told so by an {@link
 * UndeliveredException}; it may report the same again, or log it and go on.
 */
public interface InvalidationSink<K> {

  /**
   * A key has changed.
   *
   * @throws UndeliveredException if the remote tier may not have taken it, and {@link
   *     Undelivered#THROW} was asked for
   * @throws IllegalArgumentException if the remote tier has no name for such a key
   */
  void invalidate(K key);

  /**
   * Several keys have changed; in one round trip.
   *
   * @throws UndeliveredException as {@link #invalidate}, for all of the keys
   * @throws IllegalArgumentException as {@link #invalidate}; none of them is invalidated then
   */
  void invalidateAll(Collection<? extends K> keys);

  /**
   * What bears a tag has changed, as {@link TieredCache#invalidateTag} says.
   *
   * @param tag from 1 to 256 bytes long in UTF-8
   * @throws UndeliveredException as {@link #invalidate}
   * @throws IllegalArgumentException if it is not
   */
  void invalidateTag(String tag);

  /**
   * Anything may have changed; for instance, the feed was interrupted and it is not known what was
   * missed.
   *
   * @throws UndeliveredException as {@link #invalidate}, for all keys
   */
  void invalidateAll();
}
