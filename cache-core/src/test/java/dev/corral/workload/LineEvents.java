package dev.corral.workload;

import dev.corral.remote.LoadOutcome;
import dev.corral.remote.RemoteEvents;

/** The store's end of a line, for messages. */
final class LineEvents implements RemoteEvents {

  private final Line line;

  LineEvents(Line line) {
    this.line = line;
  }

  @Override
  public void invalidated(String key, int partition, long stamp, boolean own) {
    line.message(node -> node.invalidated(key, partition, stamp, own));
  }

  @Override
  public void tagInvalidated(String tag, int partition, long seq, boolean own) {
    line.message(node -> node.tagInvalidated(tag, partition, seq, own));
  }

  @Override
  public void cleared(long[] seqs, boolean own) {
    line.message(node -> node.cleared(seqs, own));
  }

  @Override
  public void ended(String key, LoadOutcome outcome) {
    line.message(node -> node.ended(key, outcome));
  }

  @Override
  public void subscribed() {
    line.tell(RemoteEvents::subscribed);
  }

  @Override
  public void unsubscribed() {
    line.tell(RemoteEvents::unsubscribed);
  }

  @Override
  public void unavailable(Throwable cause) {
    line.tell(node -> node.unavailable(cause));
  }

  @Override
  public void available() {
    line.tell(RemoteEvents::available);
  }
}
