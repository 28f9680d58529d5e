package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.fuzz.Allocation;
import dev.corral.fuzz.Fuzz;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes that were entries once: none throws, lies or costs more than its size. */
class EntryFormatFuzzTest {

  private static final int INPUTS = Fuzz.inputs();

  /** The objects of one call that do not grow with its input. */
  private static final int FIXED_BYTES = 512;

  /** The objects of one tag that do not grow with its text; there are not more than so many. */
  private static final int TAG_BYTES = 256;

  private static final int FLAGS_AT = 3;
  private static final int TAGGED = 4;

  private final long seed = Seed.ofThisRun();
  private final Random random = new Random(seed);
  private final List<Sample> samples = samples();

  private record Sample(String key, int mark, GoldenEntry.Bytes bytes) {}

  private List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (GoldenEntry golden : GoldenEntry.readAll()) {
      if (golden.key().length() < 100) { // long ones only make this slow
        samples.add(new Sample(golden.key(), golden.mark(), golden.bytes()));
      }
    }
    for (int i = 0; i < 200; i++) {
      String key = RandomEntry.key(random);
      int mark = EntryFormat.codecMark("json");
      byte[] bytes = EntryFormat.encode(RandomEntry.entry(random), key, mark);
      samples.add(new Sample(key, mark, new GoldenEntry.Bytes(bytes)));
    }
    return samples;
  }

  @Test
  void mutatedBytesAreAMissOrExactlyTheBytesOfWhatTheyAreReadAs() {
    int read = 0;
    for (int i = 0; i < INPUTS; i++) {
      Sample sample = anySample();
      byte[] input = mutate(sample.bytes().toArray());
      if (random.nextBoolean()) {
        EntryBytes.withChecksum(input); // so that not all ends at the checksum
      }
      if (isRead(sample, input, i)) {
        read++;
      }
    }

    // Mutations of what may differ, such as the payload, must get through with a right checksum.
    assertThat(read).as("read with seed %s", seed).isBetween(INPUTS / 1_000, INPUTS / 2);
  }

  private boolean isRead(Sample sample, byte[] input, int i) {
    try {
      long allocated =
          Allocation.of(
              () -> EntryFormat.decode(input, sample.key(), sample.mark()), allowed(input));
      if (allocated > allowed(input)) {
        throw new AssertionError(allocated + " bytes allocated for " + input.length);
      }
      StoredEntry entry = EntryFormat.decode(input, sample.key(), sample.mark());
      if (entry == null) {
        return false;
      }
      if (!Arrays.equals(EntryFormat.encode(entry, sample.key(), sample.mark()), input)) {
        throw new AssertionError("read as " + entry + ", which has other bytes");
      }
      return true;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("input " + i + " with -Dcorral.seed=" + seed, e);
    }
  }

  /** What a call may allocate: tags are texts of their own, and read before the checksum. */
  private static long allowed(byte[] input) {
    boolean tagged = input.length > FLAGS_AT && (input[FLAGS_AT] & TAGGED) != 0;
    return input.length * (tagged ? 4L : 1L) + FIXED_BYTES + (tagged ? tags(input) * TAG_BYTES : 0);
  }

  /** How many tags such bytes may have at most. */
  private static long tags(byte[] input) {
    return Math.min(TagNames.MOST, input.length / 11L);
  }

  private Sample anySample() {
    return samples.get(random.nextInt(samples.size()));
  }

  private byte[] mutate(byte[] bytes) {
    byte[] mutant = bytes;
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      mutant =
          switch (random.nextInt(8)) {
            case 0 -> flip(mutant);
            case 1 -> overwrite(mutant);
            case 2 -> lieAboutALength(mutant);
            case 6 -> lieAboutTags(mutant);
            case 3 -> splice(mutant, anySample().bytes().toArray());
            case 4 -> Arrays.copyOf(mutant, random.nextInt(mutant.length + 1));
            case 5 -> Arrays.copyOf(mutant, mutant.length + random.nextInt(50));
            default -> noise(mutant);
          };
    }
    return mutant;
  }

  private byte[] flip(byte[] bytes) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private byte[] overwrite(byte[] bytes) {
    byte[] edges = {0, 1, -1, Byte.MIN_VALUE, Byte.MAX_VALUE};
    for (int left = random.nextInt(8); left > 0 && bytes.length > 0; left--) {
      bytes[random.nextInt(bytes.length)] = edges[random.nextInt(edges.length)];
    }
    return bytes;
  }

  private byte[] lieAboutALength(byte[] bytes) {
    var lie = new EntryBytes(bytes);
    int[] lengths = {0, 1, bytes.length, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 65_535};
    int length = lengths[random.nextInt(lengths.length)] + random.nextInt(3) - 1;
    if (random.nextBoolean() && bytes.length >= 34) {
      return lie.putShort(32, length).withChecksum();
    }
    if (bytes.length >= 38) {
      int keyLength = (bytes[32] & 0xFF) << 8 | (bytes[33] & 0xFF);
      return lie.putInt(Math.min(34 + keyLength, bytes.length - 4), length).withChecksum();
    }
    return bytes;
  }

  /** Sets the flag, the number of tags or the length of the first to something else. */
  private byte[] lieAboutTags(byte[] bytes) {
    if (bytes.length < 45) {
      return bytes;
    }
    var lie = new EntryBytes(bytes);
    int tagsAt = Math.min(34 + ((bytes[32] & 0xFF) << 8 | (bytes[33] & 0xFF)), bytes.length - 3);
    return switch (random.nextInt(3)) {
      case 0 -> lie.putByte(FLAGS_AT, bytes[FLAGS_AT] ^ TAGGED).withChecksum();
      case 1 -> lie.putByte(tagsAt, random.nextInt(256)).withChecksum();
      default -> lie.putShort(tagsAt + 1, random.nextInt(300)).withChecksum();
    };
  }

  private byte[] splice(byte[] head, byte[] tail) {
    int cutHead = random.nextInt(head.length + 1);
    int cutTail = random.nextInt(tail.length + 1);
    byte[] spliced = Arrays.copyOf(head, cutHead + tail.length - cutTail);
    System.arraycopy(tail, cutTail, spliced, cutHead, tail.length - cutTail);
    return spliced;
  }

  private byte[] noise(byte[] bytes) {
    if (random.nextInt(20) > 0) {
      return flip(bytes);
    }
    byte[] noise = new byte[random.nextInt(100)];
    random.nextBytes(noise);
    return noise;
  }
}
