package dev.corral.remote;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The state machine of the keys that the nodes share. Guarded by the server's lock. */
final class SharedRegion {

  private final ServerConditions conditions;
  private final Audience audience;
  private final KeyTable keys;
  private final FailureCounts failures = new FailureCounts();
  private final Marks marks;

  SharedRegion(ServerConditions conditions, Postbox postbox) {
    this.conditions = conditions;
    audience = new Audience(postbox);
    keys = new KeyTable(conditions);
    marks = new Marks(conditions);
  }

  void join(Inbox node) {
    audience.add(node);
  }

  void leave(Inbox node) {
    audience.remove(node);
  }

  void flush() {
    keys.flush();
    failures.resetAll();
    marks.flush();
  }

  Lookup lookUp(String key, Id token, long leaseMillis) {
    Held held = keys.find(key);
    return held == null ? grant(key, token, leaseMillis) : held.seenUnder(conditions);
  }

  KeyState inspect(String key) {
    Held held = keys.find(key);
    Partition partition = keys.partitionOf(key);
    Held right = held instanceof HeldValue value ? value.rightUnder(conditions) : held;
    return new KeyState(
        RemoteRegion.partitionOf(key),
        partition.seq(),
        held instanceof HeldValue value
            ? Optional.of(value.storedUnder(conditions))
            : Optional.empty(),
        right instanceof HeldLease lease && !lease.isVoidIn(partition)
            ? Optional.of(holder(lease))
            : Optional.empty(),
        right instanceof HeldFailure failure
            ? Optional.of(failure.seenUnder(conditions))
            : Optional.empty());
  }

  private KeyState.Holder holder(HeldLease held) {
    Lookup.Taken taken = held.seenUnder(conditions);
    return new KeyState.Holder(taken.token(), taken.refresh(), taken.left(), held.waiters().size());
  }

  Lookup lookUpToRefresh(String key, Id token, long leaseMillis) {
    if (!(keys.find(key) instanceof HeldValue value)) {
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
    Lease lease = new Lease(key, token, keys.partitionOf(key).seq(), value.fillId());
    value.setRight(heldFor(lease, leaseMillis));
    return new Lookup.Refreshable(stored, new Lookup.Granted(lease));
  }

  Lookup replace(String key, Id unusable, Id token, long leaseMillis) {
    if (keys.find(key) instanceof HeldValue value && value.fillId().equals(unusable)) {
      Lookup granted = grant(key, token, leaseMillis);
      if (granted instanceof Lookup.Granted) {
        revokeFor(value);
      }
      return granted;
    }
    return lookUp(key, token, leaseMillis);
  }

  Optional<Duration> await(String key, Id token, Inbox node) {
    Held held = keys.find(key);
    HeldLease lease = held == null ? null : keys.leaseIn(held);
    if (lease == null || !lease.lease().token().equals(token)) {
      return Optional.empty();
    }
    lease.waiters().add(node);
    return Optional.of(lease.seenUnder(conditions).left());
  }

  PublishAnswer publish(Publication publication) {
    Lease lease = publication.lease();
    HeldLease held = keys.standing(lease);
    if (held == null) {
      return PublishAnswer.LEASE_LOST;
    }
    if (publication.isGuarded() && marks.outdate(lease.key(), publication.version())) {
      deliver(lease, publication.bytes());
      return PublishAnswer.OUTDATED;
    }
    HeldValue value =
        newValue(publication.bytes(), lease.token(), lease.stamp(), publication.life().toMillis());
    keys.put(lease.key(), value);
    failures.reset(lease.key());
    audience.tellEnded(
        held, new LoadOutcome.Published(lease.token(), value.storedUnder(conditions)));
    return PublishAnswer.STORED;
  }

  boolean extend(Lease lease, long lifeMillis) {
    HeldLease held = keys.standing(lease);
    if (held == null) {
      return false;
    }
    if (!(keys.find(lease.key()) instanceof HeldValue old)) {
      release(lease);
      return false;
    }
    HeldValue value = old.livingUntil(conditions.nowMillis + lifeMillis);
    keys.put(lease.key(), value);
    failures.reset(lease.key());
    audience.tellEnded(
        held, new LoadOutcome.Published(lease.token(), value.storedUnder(conditions)));
    return true;
  }

  void deliver(Lease lease, byte[] bytes) {
    HeldLease held = keys.standing(lease);
    if (held != null) {
      keys.settle(lease, null);
      failures.reset(lease.key());
      StoredValue value = new StoredValue(bytes, lease.token(), lease.stamp(), 0);
      audience.tellEnded(held, new LoadOutcome.Delivered(lease.token(), value));
    }
  }

  Optional<Duration> fail(Lease lease, StoredFailure failure, FailureBackoff backoff) {
    HeldLease held = keys.standing(lease);
    if (held == null) {
      return Optional.empty();
    }
    long window = failures.add(lease.key(), backoff);
    keys.settle(lease, new HeldFailure(failure, conditions.nowMillis + window));
    Duration left = Duration.ofMillis(window);
    audience.tellEnded(held, new LoadOutcome.Failed(lease.token(), failure, left));
    return Optional.of(left);
  }

  boolean renew(Lease lease, long leaseMillis) {
    HeldLease held = keys.standing(lease);
    if (held == null) {
      return false;
    }
    keys.settle(lease, held.renewedUntil(conditions.nowMillis + leaseMillis));
    return true;
  }

  void release(Lease lease) {
    HeldLease held = keys.standing(lease);
    if (held != null) {
      keys.settle(lease, null);
      audience.tellEnded(held, new LoadOutcome.LookAgain(lease.token()));
    }
  }

  void put(String key, Id fillId, byte[] bytes, long lifeMillis, Inbox asker) {
    drop(key);
    long stamp = keys.partitionOf(key).advance();
    audience.tellInvalidated(key, stamp, asker);
    keys.put(key, newValue(bytes, fillId, stamp, lifeMillis));
    failures.reset(key);
  }

  Lease beginWrite(String key, Id token, long leaseMillis, Inbox asker) {
    long end = conditions.nowMillis + leaseMillis;
    Held held = keys.find(key);
    if (held != null) {
      revokeFor(held);
    }
    long stamp = keys.partitionOf(key).advance();
    Lease lease = Lease.toWrite(key, token, stamp);
    if (held instanceof HeldValue value) {
      HeldValue capped = value.livingUntil(Math.min(value.expiryMillis(), end));
      capped.setRight(heldFor(lease, leaseMillis));
      keys.put(key, capped);
    } else {
      keys.put(key, heldFor(lease, leaseMillis));
    }
    audience.tellInvalidated(key, stamp, asker);
    return lease;
  }

  boolean endWrite(
      Lease lease, byte[] bytes, long lifeMillis, @Nullable VersionMark mark, Inbox asker) {
    HeldLease held = keys.standing(lease);
    if (held == null
        || (mark != null && marks.outdate(lease.key(), OptionalLong.of(mark.version())))) {
      invalidate(lease.key(), mark, asker);
      return false;
    }
    marks.leave(lease.key(), mark);
    long stamp = keys.partitionOf(lease.key()).advance();
    HeldValue value = newValue(bytes, lease.token(), stamp, lifeMillis);
    keys.put(lease.key(), value);
    failures.reset(lease.key());
    audience.tellEnded(
        held, new LoadOutcome.Published(lease.token(), value.storedUnder(conditions)));
    audience.tellInvalidated(lease.key(), stamp, asker);
    return true;
  }

  void invalidate(String key, @Nullable VersionMark mark, Inbox asker) {
    drop(key);
    marks.leave(key, mark);
    audience.tellInvalidated(key, keys.partitionOf(key).advance(), asker);
  }

  long invalidateTag(String tag, Inbox asker) {
    long seq = keys.partitionOf(tag).advance(tag);
    audience.tellTagInvalidated(tag, seq, asker);
    return seq;
  }

  boolean holds(TagMark mark) {
    return keys.partitionOf(mark.tag()).holds(mark);
  }

  void clear(Inbox asker) {
    keys.clear();
    audience.tellCleared(keys.seqs(), asker);
  }

  long[] seqs() {
    return keys.seqs();
  }

  void fallBack(String key, long seq) {
    keys.partitionOf(key).fallBackTo(seq);
  }

  void overtake(int partition, long seq) {
    keys.overtake(partition, seq);
  }

  Optional<Duration> revalidate(Copy copy) {
    return keys.find(copy.key()) instanceof HeldValue value
            && value.storedUnder(conditions).stamp() == copy.stamp()
        ? Optional.of(Duration.ofMillis(value.storedUnder(conditions).leftMillis()))
        : Optional.empty();
  }

  private Lookup grant(String key, Id token, long leaseMillis) {
    if (conditions.refusesLeases) {
      return new Lookup.Unleased();
    }
    Lease lease = new Lease(key, token, keys.partitionOf(key).seq(), null);
    keys.put(key, heldFor(lease, leaseMillis));
    return new Lookup.Granted(lease);
  }

  private HeldLease heldFor(Lease lease, long leaseMillis) {
    return new HeldLease(lease, conditions.nowMillis + leaseMillis, new LinkedHashSet<>());
  }

  private HeldValue newValue(byte[] bytes, Id fillId, long stamp, long lifeMillis) {
    return new HeldValue(bytes, fillId, stamp, conditions.nowMillis + lifeMillis);
  }

  private void drop(String key) {
    Held held = keys.find(key);
    if (held != null) {
      revokeFor(held);
      keys.remove(key);
    }
  }

  private void revokeFor(Held held) {
    HeldLease revoked = keys.leaseIn(held);
    if (revoked != null) {
      audience.tellEnded(revoked, new LoadOutcome.LookAgain(revoked.lease().token()));
    }
  }
}
