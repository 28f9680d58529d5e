package dev.corral;

import dev.corral.remote.LoadOutcome;
import dev.corral.remote.RemoteEvents;

/** Looks into a region, and does not care what it is told. */
final class DeafNode implements RemoteEvents {

  @Override
  public void invalidated(String key, int partition, long stamp, boolean own) {}

  @Override
  public void cleared(long[] seqs, boolean own) {}

  @Override
  public void tagInvalidated(String tag, int partition, long seq, boolean own) {}

  @Override
  public void ended(String key, LoadOutcome outcome) {}

  @Override
  public void subscribed() {}

  @Override
  public void unsubscribed() {}

  @Override
  public void unavailable(Throwable cause) {}

  @Override
  public void available() {}
}
