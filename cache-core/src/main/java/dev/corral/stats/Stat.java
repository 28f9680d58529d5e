package dev.corral.stats;

/** The things that a cache counts, each since the cache was built. */
public enum Stat {
  /** Gets that were answered by a fresh entry of the local tier. */
  LOCAL_HIT,
  /** Gets that were answered by a stale entry, of either tier. */
  STALE_HIT,
  /** Gets that found nothing in the local tier which they could serve. */
  MISS,
  /** Keys that were found in the remote tier. */
  REMOTE_HIT,
  /** Gets that waited for a load which another thread of this process began. */
  COALESCED,
  /** Loads of this process, and for other processes' loads the waits that this process made. */
  REMOTE_WAIT,
  /** Loader calls that returned. */
  LOAD,
  /** Loader calls that threw. */
  LOAD_FAILURE,
  /** Nanoseconds spent in loader calls. */
  LOAD_NANOS,
  /** Loads that were begun in the background. */
  REFRESH,
  /** Loads in the background that the executor refused. */
  REFRESH_DROPPED,
  /** Leases that were granted to this process. */
  LEASE_GRANTED,
  /** Loaded values that the remote tier refused, because the lease was lost or revoked. */
  PUBLISH_REFUSED,
  /** Values in the remote tier that could not be read: foreign, damaged, of another format. */
  MALFORMED,
  /** Steps of the remote tier that failed. */
  REMOTE_FAILURE,
  /** Invalidations that callers of this process asked for, in keys; clearing all counts as one. */
  INVALIDATION_SENT,
  /** Invalidations that other nodes told this process of. */
  INVALIDATION_RECEIVED,
  /** Entries that the local tier dropped for want of room. */
  EVICTION,
  /** Values that callers of this process put. */
  PUT
}
