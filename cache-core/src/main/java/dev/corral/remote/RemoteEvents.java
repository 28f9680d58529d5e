package dev.corral.remote;

/**
 * What a region tells the node that opened it. Called from the store's message thread, one event at
 * a time: an implementation returns quickly, never blocks and never throws.
 */
public interface RemoteEvents {

  /**
   * A key was invalidated or put by some node, perhaps this one.
   *
   * @param partition the index of the key's partition
   * @param stamp the partition's seq after the invalidation: what was granted at or after it is not
   *     affected
   * @param own whether this node's own region asked for it
   */
  void invalidated(String key, int partition, long stamp, boolean own);

  /**
   * All keys of the region were invalidated by some node.
   *
   * @param seqs by the partition's index: its seq after the clear, or {@link
   *     RemoteRegion#UNKNOWN_SEQ} if whoever cleared did not say so; not to be changed
   * @param own whether this node's own region asked for it
   */
  void cleared(long[] seqs, boolean own);

  /**
   * A tag was invalidated by some node, perhaps this one.
   *
   * @param partition the index of the tag's partition
   * @param seq how far the partition has come with it: what was marked before is void
   * @param own whether this node's own region asked for it
   */
  void tagInvalidated(String tag, int partition, long seq, boolean own);

  /** A load that this node registered for has ended. */
  void ended(String key, LoadOutcome outcome);

  /**
   * Messages are being received from now on. What was sent before may have been missed, except
   * right after the region was opened, when there was nothing to miss.
   */
  void subscribed();

  /** Messages may be missed from now on. */
  void unsubscribed();
}
