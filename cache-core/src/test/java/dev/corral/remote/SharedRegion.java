package dev.corral.remote;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The state machine of the keys that the nodes share. Guarded by the server's lock. */
final class SharedRegion {

  private final ServerConditions conditions;
  private final Postbox postbox;
  private final Set<Inbox> nodes = new LinkedHashSet<>();
  private final Map<String, Held> keys = new HashMap<>();
  private final FailureCounts failures = new FailureCounts();
  private final Partition[] partitions = new Partition[Partition.COUNT];

  SharedRegion(ServerConditions conditions, Postbox postbox) {
    this.conditions = conditions;
    this.postbox = postbox;
    flush();
  }

  void join(Inbox node) {
    nodes.add(node);
    postbox.subscribe(node);
  }

  void leave(Inbox node) {
    nodes.remove(node);
    postbox.unsubscribe(node);
  }

  void flush() {
    keys.clear();
    failures.resetAll();
    for (int i = 0; i < partitions.length; i++) {
      partitions[i] = new Partition();
    }
  }

  Lookup lookUp(String key, Id token, long leaseMillis) {
    Held held = find(key);
    return held == null ? grant(key, token, leaseMillis) : held.seenUnder(conditions);
  }

  Lookup lookUpToRefresh(String key, Id token, long leaseMillis) {
    if (!(find(key) instanceof HeldValue value)) {
      return lookUp(key, token, leaseMillis);
    }
    StoredValue stored = value.storedUnder(conditions);
    Held right = value.rightUnder(conditions);
    if (right != null) {
      return new Lookup.Refreshable(stored, right.seenUnder(conditions));
    }
    if (conditions.refusesLeases) {
      return new Lookup.Refreshable(stored, new Lookup.Unleased());
    }
    Lease lease = new Lease(key, token, partitionOf(key).seq(), value.fillId());
    value.setRight(heldFor(lease, leaseMillis));
    return new Lookup.Refreshable(stored, new Lookup.Granted(lease));
  }

  Lookup replace(String key, Id unusable, Id token, long leaseMillis) {
    if (find(key) instanceof HeldValue value && value.fillId().equals(unusable)) {
      Lookup granted = grant(key, token, leaseMillis);
      if (granted instanceof Lookup.Granted) {
        revokeFor(value);
      }
      return granted;
    }
    return lookUp(key, token, leaseMillis);
  }

  Optional<Duration> await(String key, Id token, Inbox node) {
    Held held = find(key);
    HeldLease lease = held == null ? null : leaseIn(held);
    if (lease == null || !lease.lease().token().equals(token)) {
      return Optional.empty();
    }
    lease.waiters().add(node);
    return Optional.of(lease.seenUnder(conditions).left());
  }

  boolean publish(Lease lease, byte[] bytes, long lifeMillis) {
    HeldLease held = standing(lease);
    if (held == null) {
      return false;
    }
    HeldValue value = newValue(bytes, lease.token(), lease.stamp(), lifeMillis);
    keys.put(lease.key(), value);
    failures.reset(lease.key());
    tell(held, new LoadOutcome.Published(lease.token(), value.storedUnder(conditions)));
    return true;
  }

  boolean extend(Lease lease, long lifeMillis) {
    HeldLease held = standing(lease);
    if (held == null || !(find(lease.key()) instanceof HeldValue old)) {
      return false;
    }
    HeldValue value = old.livingUntil(conditions.nowMillis + lifeMillis);
    keys.put(lease.key(), value);
    failures.reset(lease.key());
    tell(held, new LoadOutcome.Published(lease.token(), value.storedUnder(conditions)));
    return true;
  }

  void deliver(Lease lease, byte[] bytes) {
    HeldLease held = standing(lease);
    if (held != null) {
      settle(lease, null);
      failures.reset(lease.key());
      StoredValue value = new StoredValue(bytes, lease.token(), lease.stamp(), 0);
      tell(held, new LoadOutcome.Delivered(lease.token(), value));
    }
  }

  Optional<Duration> fail(Lease lease, StoredFailure failure, FailureBackoff backoff) {
    HeldLease held = standing(lease);
    if (held == null) {
      return Optional.empty();
    }
    long window = failures.add(lease.key(), backoff);
    settle(lease, new HeldFailure(failure, conditions.nowMillis + window));
    Duration left = Duration.ofMillis(window);
    tell(held, new LoadOutcome.Failed(lease.token(), failure, left));
    return Optional.of(left);
  }

  boolean renew(Lease lease, long leaseMillis) {
    HeldLease held = standing(lease);
    if (held == null) {
      return false;
    }
    settle(lease, held.renewedUntil(conditions.nowMillis + leaseMillis));
    return true;
  }

  void release(Lease lease) {
    HeldLease held = standing(lease);
    if (held != null) {
      settle(lease, null);
      tell(held, new LoadOutcome.LookAgain(lease.token()));
    }
  }

  void put(String key, Id fillId, byte[] bytes, long lifeMillis, Inbox asker) {
    drop(key);
    long stamp = tellInvalidated(key, asker);
    keys.put(key, newValue(bytes, fillId, stamp, lifeMillis));
    failures.reset(key);
  }

  void invalidate(String key, Inbox asker) {
    drop(key);
    tellInvalidated(key, asker);
  }

  void clear(Inbox asker) {
    for (Partition partition : partitions) {
      partition.clear();
    }
    for (Inbox node : nodes) {
      boolean own = node == asker;
      postbox.send(node, events -> events.cleared(own));
    }
  }

  private @Nullable Held find(String key) {
    Held held = keys.get(key);
    if (held == null) {
      return null;
    }
    if (conditions.isBefore(held.expiryMillis()) && !held.isVoidIn(partitionOf(key))) {
      return held;
    }
    keys.remove(key);
    return null;
  }

  /** Finds a lease as the store holds it, or nothing if it was lost. */
  private @Nullable HeldLease standing(Lease lease) {
    Held held = find(lease.key());
    HeldLease found = held == null ? null : leaseIn(held);
    return found != null && found.lease().token().equals(lease.token()) ? found : null;
  }

  private @Nullable HeldLease leaseIn(Held held) {
    Held candidate = held instanceof HeldValue value ? value.rightUnder(conditions) : held;
    return candidate instanceof HeldLease lease ? lease : null;
  }

  private Lookup grant(String key, Id token, long leaseMillis) {
    if (conditions.refusesLeases) {
      return new Lookup.Unleased();
    }
    Lease lease = new Lease(key, token, partitionOf(key).seq(), null);
    keys.put(key, heldFor(lease, leaseMillis));
    return new Lookup.Granted(lease);
  }

  private HeldLease heldFor(Lease lease, long leaseMillis) {
    return new HeldLease(lease, conditions.nowMillis + leaseMillis, new LinkedHashSet<>());
  }

  private HeldValue newValue(byte[] bytes, Id fillId, long stamp, long lifeMillis) {
    return new HeldValue(bytes, fillId, stamp, conditions.nowMillis + lifeMillis);
  }

  /** Puts something in the place of a standing lease: of the value, or of the right beside it. */
  private void settle(Lease lease, @Nullable Held successor) {
    if (find(lease.key()) instanceof HeldValue value) {
      value.setRight(successor);
    } else if (successor == null) {
      keys.remove(lease.key());
    } else {
      keys.put(lease.key(), successor);
    }
  }

  private void drop(String key) {
    Held held = find(key);
    if (held != null) {
      revokeFor(held);
      keys.remove(key);
    }
  }

  private void revokeFor(Held held) {
    HeldLease revoked = leaseIn(held);
    if (revoked != null) {
      tell(revoked, new LoadOutcome.LookAgain(revoked.lease().token()));
    }
  }

  private void tell(HeldLease ended, LoadOutcome outcome) {
    String key = ended.lease().key();
    for (Inbox node : ended.waiters()) {
      postbox.send(node, events -> events.ended(key, outcome));
    }
  }

  private long tellInvalidated(String key, Inbox asker) {
    long stamp = partitionOf(key).advance();
    for (Inbox node : nodes) {
      boolean own = node == asker;
      postbox.send(node, events -> events.invalidated(key, stamp, own));
    }
    return stamp;
  }

  private Partition partitionOf(String key) {
    return partitions[Partition.indexOf(key)];
  }
}
