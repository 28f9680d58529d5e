package dev.corral;

import dev.corral.remote.TagMark;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Entries and keys of all kinds, edges included. */
final class RandomEntry {

  private static final String[] LETTERS = {"a", "0", ":", "é", "日", "🐎", "\0", "\uFFFD"};

  private RandomEntry() {}

  /** Returns an entry, with tags or without. */
  static StoredEntry entry(Random random) {
    StoredEntry entry = untagged(random);
    return random.nextInt(3) == 0 ? entry.tagged(tags(random)) : entry;
  }

  private static List<TagMark> tags(Random random) {
    int count = random.nextInt(10) == 0 ? TagNames.MOST : 1 + random.nextInt(3);
    return IntStream.range(0, count)
        .mapToObj(i -> new TagMark(key(random) + i, random.nextLong() >>> (1 + random.nextInt(62))))
        .toList();
  }

  private static StoredEntry untagged(Random random) {
    long fresh = millis(random);
    long stale = fresh == 0 ? 1 + random.nextInt(1_000) : millis(random);
    long cost = random.nextInt(10) == 0 ? Long.MAX_VALUE : random.nextInt(1_000_000);
    if (random.nextInt(4) == 0) {
      return StoredEntry.absent(fresh, stale, cost);
    }
    byte[] payload = new byte[random.nextInt(200)];
    random.nextBytes(payload);
    return StoredEntry.value(fresh, stale, cost, payload);
  }

  private static long millis(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> StoredEntry.MAX_MILLIS;
      default -> random.nextInt(10_000_000);
    };
  }

  static String key(Random random) {
    var key = new StringBuilder();
    for (int left = random.nextInt(30); left > 0; left--) {
      key.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return key.toString();
  }
}
