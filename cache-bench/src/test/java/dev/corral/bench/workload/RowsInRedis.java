package dev.corral.bench.workload;

import dev.corral.history.OriginRows;
import java.net.URI;
import java.util.List;
import redis.clients.jedis.RedisClient;

/**
 * The rows of an origin that all processes share: of each key a hash in a Redis that nothing
 * happens to.
 */
final class RowsInRedis implements OriginRows, AutoCloseable {

  private static final String VERSION = "version";
  private static final String DELETED = "deleted";

  private static final String ADVANCE =
      """
      redis.call('HSET', KEYS[1], 'deleted', ARGV[1])
      return redis.call('HINCRBY', KEYS[1], 'version', 1)
      """;

  private static final String ADVANCE_TO =
      """
      local present = tonumber(redis.call('HGET', KEYS[1], 'version') or 0)
      if present ~= tonumber(ARGV[1]) - 1 then
        return 0
      end
      redis.call('HSET', KEYS[1], 'version', ARGV[1], 'deleted', 'no')
      return 1
      """;

  private final RedisClient redis;

  RowsInRedis(URI server) {
    redis = RedisClient.create(server);
  }

  @Override
  public Row read(String key) {
    List<String> fields = redis.hmget(key, VERSION, DELETED);
    String version = fields.get(0);
    return new Row(version == null ? 0 : Long.parseLong(version), "yes".equals(fields.get(1)));
  }

  @Override
  public long advance(String key, boolean delete) {
    return (Long) redis.eval(ADVANCE, List.of(key), List.of(delete ? "yes" : "no"));
  }

  @Override
  public boolean advanceTo(String key, long version) {
    Object moved = redis.eval(ADVANCE_TO, List.of(key), List.of(String.valueOf(version)));
    return moved.equals(1L);
  }

  @Override
  public void close() {
    redis.close();
  }
}
