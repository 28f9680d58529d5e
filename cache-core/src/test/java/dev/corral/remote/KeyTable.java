package dev.corral.remote;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each key of a region holds, and the order of its partitions. Guarded by the server's lock.
 */
final class KeyTable {

  private final ServerConditions conditions;
  private final Map<String, Held> keys = new HashMap<>();
  private final Partition[] partitions = new Partition[RemoteRegion.PARTITIONS];

  KeyTable(ServerConditions conditions) {
    this.conditions = conditions;
    flush();
  }

  /** Forgets everything, the order included. */
  void flush() {
    keys.clear();
    for (int i = 0; i < partitions.length; i++) {
      partitions[i] = new Partition();
    }
  }

  /** Makes void what is stamped, without looking at it. */
  void clear() {
    for (Partition partition : partitions) {
      partition.clear();
    }
  }

  Partition partitionOf(String key) {
    return partitions[RemoteRegion.partitionOf(key)];
  }

  /** Returns the seqs of all partitions. */
  long[] seqs() {
    return Arrays.stream(partitions).mapToLong(Partition::seq).toArray();
  }

  void overtake(int partition, long seq) {
    partitions[partition].overtake(seq);
  }

  /** Returns what a key holds, unless its time is up or it is void. */
  @Nullable Held find(String key) {
    Held held = keys.get(key);
    if (held == null) {
      return null;
    }
    if (held.isVoidIn(partitionOf(key))) {
      keys.remove(key);
      return null;
    }
    if (conditions.isBefore(held.expiryMillis())) {
      return held;
    }
    return outlived(key, held);
  }

  /** A refresh goes on when the time of its value is up, and then stands in the value's place. */
  private @Nullable Held outlived(String key, Held held) {
    HeldLease refresh = held instanceof HeldValue ? leaseIn(held) : null;
    if (refresh == null || refresh.isVoidIn(partitionOf(key))) {
      keys.remove(key);
      return null;
    }
    keys.put(key, refresh);
    return refresh;
  }

  void put(String key, Held held) {
    keys.put(key, held);
  }

  void remove(String key) {
    keys.remove(key);
  }

  /** Finds a lease as the store holds it, or nothing if it was lost. */
  @Nullable HeldLease standing(Lease lease) {
    Held held = find(lease.key());
    HeldLease found = held == null ? null : leaseIn(held);
    return found != null && found.lease().token().equals(lease.token()) ? found : null;
  }

  /** Returns the lease that a key holds, in the value's place or beside it. */
  @Nullable HeldLease leaseIn(Held held) {
    Held candidate = held instanceof HeldValue value ? value.rightUnder(conditions) : held;
    return candidate instanceof HeldLease lease ? lease : null;
  }

  /** Puts something, or nothing, in the place of a standing lease. */
  void settle(Lease lease, @Nullable Held successor) {
    if (find(lease.key()) instanceof HeldValue value) {
      value.setRight(successor);
    } else if (successor == null) {
      keys.remove(lease.key());
    } else {
      keys.put(lease.key(), successor);
    }
  }
}
