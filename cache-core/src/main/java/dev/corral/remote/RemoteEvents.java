package dev.corral.remote;

/**
 * What a region tells the node that opened it. Messages come on the store's message thread, one at
 * a time; how the store does may be told on any thread, that of a step among them. An
 * implementation returns quickly, never blocks and never throws.
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

  /**
   * The store is away, as far as steps are concerned: until {@link #available}, most of them are
   * refused without being tried. Told once, and to a region that is opened meanwhile as well; a
   * step that fails now and then is no reason.
   *
   * @param cause why the last step failed
   */
  void unavailable(Throwable cause);

  /** The store carries out steps again. Told after {@link #unavailable}, once. */
  void available();
}
