package dev.corral.stats;

/** The things that a cache counts, each since the cache was built. */
public enum Stat {
  /** Gets that were answered by a fresh entry of the local tier. */
  LOCAL_HIT,
  /** Gets that were answered by a stale entry of the local tier. */
  STALE_HIT,
  /** Gets that found nothing in the local tier which they could serve. */
  MISS,
  /** Those of them that were answered by a stale entry of the remote tier. */
  STALE_MISS,
  /** Keys that were found in the remote tier. */
  REMOTE_HIT,
  /** Those of them that a refresh found, as another node had been quicker. */
  REFRESH_FOUND,
  /**
   * Gets that waited for another thread of this process, which found the value in the remote tier.
   */
  REMOTE_HIT_SHARED,
  /** Gets that waited for a load which another thread of this process began. */
  COALESCED,
  /** Waits of this process for a load that another one ran. */
  REMOTE_WAIT,
  /** Loader calls that returned. */
  LOAD,
  /** Loader calls that threw, save those whose thread was interrupted. */
  LOAD_FAILURE,
  /** Loads that were not begun, because their origin was to be spared. */
  LOAD_REJECTED,
  /** Misses of keys that were left alone, because their load had failed a moment ago. */
  BACKED_OFF,
  /** Nanoseconds spent in these loader calls. */
  LOAD_NANOS,
  /** Refreshes that were begun in the background, of values that were stale or soon would be. */
  REFRESH,
  /** Refreshes in the background that the executor refused, or the origin. */
  REFRESH_DROPPED,
  /** Leases that were granted to loads of this process. */
  LEASE_GRANTED,
  /** Those of them that did not stand any more when they were to be renewed: lost, or revoked. */
  LEASE_LOST,
  /** Loaded values that the remote tier refused, because the lease was lost or revoked. */
  PUBLISH_REFUSED,
  /** Loaded values that were kept nowhere, because a newer version of them was known of. */
  VERSION_REFUSED,
  /** Values that the remote tier was not given, as they have no bytes there, or too many. */
  UNSHARED,
  /** Values in the remote tier that could not be read: foreign, damaged, too large. */
  MALFORMED,
  /** Steps of the remote tier that were tried and failed. */
  REMOTE_FAILURE,
  /** Steps that were not tried, because the remote tier is known to be away. */
  REMOTE_REFUSED,
  /**
   * Invalidations that callers of this process asked for, or sources reported, in keys; clearing
   * all counts as one.
   */
  INVALIDATION_SENT,
  /** Invalidations that other nodes told this process of. */
  INVALIDATION_RECEIVED,
  /** Times that a partition was suspected, because messages about it had been missed. */
  PARTITION_SUSPECTED,
  /** Local entries of suspect partitions that were checked against the remote tier. */
  REVALIDATION,
  /** Invalidations that the remote tier had not confirmed, and that were delivered later. */
  INVALIDATION_REPLAYED,
  /** Entries that the local tier dropped for want of room. */
  EVICTION,
  /** Values that callers of this process put. */
  PUT,
  /** Changes of the origin that callers of this process ran through the cache. */
  WRITE
}
