package dev.corral.history;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The rows of an origin that lives in this process. */
final class RowsInMemory implements OriginRows {

  private static final Row NOTHING_YET = new Row(0, false);

  private final ConcurrentMap<String, Row> rows = new ConcurrentHashMap<>();

  @Override
  public Row read(String key) {
    return rows.getOrDefault(key, NOTHING_YET);
  }

  @Override
  public long advance(String key, boolean delete) {
    Row next =
        rows.compute(
            key, (k, row) -> new Row((row == null ? NOTHING_YET : row).version() + 1, delete));
    return next.version();
  }

  @Override
  public boolean advanceTo(String key, long version) {
    Row before = rows.computeIfAbsent(key, k -> NOTHING_YET);
    return before.version() == version - 1 && rows.replace(key, before, new Row(version, false));
  }
}
