package dev.corral.history;

import dev.corral.BulkLoader;
import dev.corral.Loader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An origin that holds a version of each key, and records what is read and changed. Thread-safe.
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

  private final OriginRows rows;
  private final Manner manner;

  /** Creates an origin in memory. */
  public RecordedOrigin(Manner manner) {
    this(new RowsInMemory(), manner);
  }

  /** Creates this process's view of an origin that several may share. */
  public RecordedOrigin(OriginRows rows, Manner manner) {
    this.rows = rows;
    this.manner = manner;
  }

  /** Changes a key to its next version, which is no value if it is to be deleted. */
  public long change(NodeLog log, String key, boolean delete) {
    Operation change = log.begin(Kind.ORIGIN, key);
    long version = rows.advance(key, delete);
    change.carrying(version, Operation.NO_ID).done();
    return version;
  }

  /**
   * Writes the version that comes after the one that is there.
   *
   * @throws OutdatedException if there is another one
   */
  public void commit(NodeLog log, Value value) {
    Operation change = log.begin(Kind.ORIGIN, value.key());
    if (!rows.advanceTo(value.key(), value.version())) {
      OutdatedException outdated = new OutdatedException(value);
      change.failed(outdated);
      throw outdated;
    }
    change.carrying(value.version(), Operation.NO_ID).done();
  }

  /** Returns the version that the origin holds of a key. */
  public long versionOf(String key) {
    return rows.read(key).version();
  }

  /** Returns a loader that runs on a node. */
  public Loader<String, String> loaderOn(NodeLog log) {
    return key -> {
      Operation load = log.begin(Kind.LOAD, key);
      try {
        OriginRows.Row read = rows.read(key);
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
      List<OriginRows.Row> reads = keys.stream().map(rows::read).toList();
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

  private static @Nullable String end(Operation load, String key, OriginRows.Row read) {
    if (read.deleted()) {
      load.absent(read.version());
      return null;
    }
    String value = Value.of(key, read.version()).text();
    load.returned(value);
    return value;
  }
}
