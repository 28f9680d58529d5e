package dev.corral;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.corral.stats.StatsCounter;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;

/**
 * Replays a sequence of keys: hits in a hundred of Caffeine, which is told of every use, and of the
 * local tier, which tells it once a round. Whoever misses fills in.
 *
 * <p>As a program it takes a trace (big-endian 32-bit integers, gzip), or {@code zipf}, and sizes.
 */
final class HitRatios {

  private final long[] keys;
  private final int size;

  HitRatios(long[] keys, int size) {
    this.keys = keys;
    this.size = size;
  }

  public static void main(String[] args) throws IOException {
    long[] keys =
        args[0].equals("zipf")
            ? new Popularity(1_000_000, 1).draw(4_000_000)
            : trace(Path.of(args[0]));
    System.out.println("     size  Caffeine  local tier");
    for (int i = 1; i < args.length; i++) {
      var ratios = new HitRatios(keys, Integer.parseInt(args[i]));
      System.out.printf(
          "%,9d  %6.2f %%    %6.2f %%%n", ratios.size, ratios.ofCaffeine(), ratios.ofLocalTier());
    }
  }

  private static long[] trace(Path file) throws IOException {
    LongStream.Builder keys = LongStream.builder();
    try (var in =
        new DataInputStream(
            new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))))) {
      while (true) {
        keys.add(in.readInt());
      }
    } catch (EOFException e) {
      return keys.build().toArray();
    }
  }

  double ofCaffeine() {
    Cache<Long, Object> caffeine =
        Caffeine.newBuilder().maximumSize(size).executor(Runnable::run).build();
    return hits(
        key -> {
          boolean held = caffeine.getIfPresent(key) != null;
          if (!held) {
            caffeine.put(key, key);
          }
          return held;
        });
  }

  double ofLocalTier() {
    LocalTier<Long, String> local =
        new LocalTier<>(size, new StatsCounter(), new Upkeep(Runnable::run));
    return hits(
        key -> {
          boolean held = local.find(key) != null;
          if (!held) {
            local.fill(key, Entry.of("value", 0, 0, 0, 1, 1, 0, Era.NONE, null));
          }
          return held;
        });
  }

  private double hits(LongPredicate isHeld) {
    return 100.0 * LongStream.of(keys).filter(isHeld).count() / keys.length;
  }
}
