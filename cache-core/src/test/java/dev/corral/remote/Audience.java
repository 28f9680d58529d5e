package dev.corral.remote;

import java.util.LinkedHashSet;
import java.util.Set;

/** The nodes that have opened a region, and what they are told. Guarded by the server's lock. */
final class Audience {

  private final Postbox postbox;
  private final Set<Inbox> nodes = new LinkedHashSet<>();

  Audience(Postbox postbox) {
    this.postbox = postbox;
  }

  void add(Inbox node) {
    nodes.add(node);
    postbox.subscribe(node);
  }

  void remove(Inbox node) {
    nodes.remove(node);
    postbox.unsubscribe(node);
  }

  /** Tells those who wait for a lease, and nobody else. */
  void tellEnded(HeldLease lease, LoadOutcome outcome) {
    String key = lease.lease().key();
    for (Inbox node : lease.waiters()) {
      postbox.send(node, events -> events.ended(key, outcome));
    }
  }

  void tellInvalidated(String key, long stamp, Inbox asker) {
    for (Inbox node : nodes) {
      boolean own = node == asker;
      postbox.send(
          node, events -> events.invalidated(key, RemoteRegion.partitionOf(key), stamp, own));
    }
  }

  void tellTagInvalidated(String tag, long seq, Inbox asker) {
    for (Inbox node : nodes) {
      boolean own = node == asker;
      postbox.send(
          node, events -> events.tagInvalidated(tag, RemoteRegion.partitionOf(tag), seq, own));
    }
  }

  void tellCleared(long[] seqs, Inbox asker) {
    for (Inbox node : nodes) {
      boolean own = node == asker;
      postbox.send(node, events -> events.cleared(seqs, own));
    }
  }
}
