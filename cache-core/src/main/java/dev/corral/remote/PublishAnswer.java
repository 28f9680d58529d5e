package dev.corral.remote;

/** What became of a value that was to be published. */
public enum PublishAnswer {
  /** It is in the store. */
  STORED,
  /** The lease was lost: the value may be from before an invalidation, and must not be kept. */
  LEASE_LOST,
  /**
   * It is older than a {@linkplain VersionMark mark} of its key that stands: it was told to those
   * who wait, and must not be kept.
   */
  OUTDATED
}
