package dev.corral.history;

import dev.corral.BulkLoader;
import dev.corral.Loader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * An origin in memory that holds a version of each key, and records what is read and changed.
 * Thread-safe.
 */
public final class RecordedOrigin {

  /** What a load may do besides: take its time, or throw. */
  @FunctionalInterface
  public interface Manner {

    /** Called when the version has been read, and before it is returned. */
    void whileLoading() throws Exception;
  }

  /** Another writer was first. */
  public static final class OutdatedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private OutdatedException(Value value) {
      super("There is another version of " + value.key() + " than before " + value.version());
    }
  }

  private static final class Row {
    private long version; // written under its lock
    private boolean deleted;
  }

  private record Read(long version, boolean deleted) {}

  private final ConcurrentMap<String, Row> rows = new ConcurrentHashMap<>();
  private final Manner manner;

  public RecordedOrigin(Manner manner) {
    this.manner = manner;
  }

  /** Changes a key to its next version, which is no value if it is to be deleted. */
  public long change(NodeLog log, String key, boolean delete) {
    Row row = rows.computeIfAbsent(key, k -> new Row());
    synchronized (row) {
      Operation change = log.beginOrigin(key, row.version + 1);
      row.version++;
      row.deleted = delete;
      change.done();
      return row.version;
    }
  }

  /**
   * Writes the version that comes after the one that is there.
   *
   * @throws OutdatedException if there is another one
   */
  public void commit(NodeLog log, Value value) {
    Row row = rows.computeIfAbsent(value.key(), k -> new Row());
    synchronized (row) {
      if (row.version != value.version() - 1) {
        throw new OutdatedException(value);
      }
      Operation change = log.beginOrigin(value.key(), value.version());
      row.version++;
      row.deleted = false;
      change.done();
    }
  }

  /** Returns the version that the origin holds of a key. */
  public long versionOf(String key) {
    return read(key).version();
  }

  /** Returns a loader that runs on a node. */
  public Loader<String, String> loaderOn(NodeLog log) {
    return key -> {
      Operation load = log.begin(Kind.LOAD, key);
      try {
        Read read = read(key);
        manner.whileLoading();
        return end(load, key, read);
      } catch (Exception e) {
        load.failed(e);
        throw e;
      }
    };
  }

  /** Returns a bulk loader that runs on a node. */
  public BulkLoader<String, String> bulkLoaderOn(NodeLog log) {
    return keys -> loadAll(log, keys);
  }

  private Map<String, String> loadAll(NodeLog log, Set<? extends String> keys) throws Exception {
    List<Operation> loads = new ArrayList<>();
    keys.forEach(key -> loads.add(log.begin(Kind.LOAD, key)));
    try {
      List<Read> reads = keys.stream().map(this::read).toList();
      manner.whileLoading();
      Map<String, String> values = new LinkedHashMap<>();
      int next = 0;
      for (String key : keys) {
        String value = end(loads.get(next), key, reads.get(next));
        if (value != null) {
          values.put(key, value);
        }
        next++;
      }
      return values;
    } catch (Exception e) {
      loads.forEach(load -> load.failed(e));
      throw e;
    }
  }

  private static @Nullable String end(Operation load, String key, Read read) {
    if (read.deleted()) {
      load.absent(read.version());
      return null;
    }
    String value = Value.of(key, read.version()).text();
    load.returned(value);
    return value;
  }

  private Read read(String key) {
    Row row = rows.computeIfAbsent(key, k -> new Row());
    synchronized (row) {
      return new Read(row.version, row.deleted);
    }
  }
}
