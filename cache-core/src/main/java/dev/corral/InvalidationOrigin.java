package dev.corral;

/** Where an invalidation came from. */
public enum InvalidationOrigin {
  /** A call on this cache object. */
  LOCAL,
  /** A message from another node. */
  REMOTE,
  /** A report of an {@link InvalidationSource} of this cache object. */
  SOURCE
}
