package dev.corral.fuzz;

import java.util.Arrays;
import java.util.Random;

/**
 * What accidents and attackers do to bytes that were good: flipped bits, bytes at the edges of
 * their range, lengths that lie (binary or in digits), ends cut off and prolonged, two inputs
 * spliced, and noise. Never changes what it is given.
 */
public final class Mutations {

  private static final int MOST_IN_A_ROW = 3;
  private static final int LONGEST_TAIL = 50;
  private static final int LONGEST_NOISE = 200;
  private static final byte[] EDGES = {0, 1, -1, Byte.MIN_VALUE, Byte.MAX_VALUE, '0', '9', ' '};
  private static final long[] LENGTHS = {
    0, 1, 64, 255, 256, 65_535, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, Long.MAX_VALUE
  };

  private final Random random;

  public Mutations(Random random) {
    this.random = random;
  }

  /**
   * Returns some bytes, changed up to three times.
   *
   * @param other to splice them with
   */
  public byte[] of(byte[] bytes, byte[] other) {
    byte[] mutant = bytes.clone();
    for (int left = 1 + random.nextInt(MOST_IN_A_ROW); left > 0; left--) {
      mutant =
          switch (random.nextInt(9)) {
            case 0, 1 -> flip(mutant);
            case 2 -> overwrite(mutant);
            case 3 -> lie(mutant);
            case 4 -> lieInDigits(mutant);
            case 5 -> Arrays.copyOf(mutant, random.nextInt(mutant.length + 1));
            case 6 -> Arrays.copyOf(mutant, mutant.length + random.nextInt(LONGEST_TAIL));
            case 7 -> splice(mutant, other);
            default -> random.nextInt(10) == 0 ? noise() : flip(mutant);
          };
    }
    return mutant;
  }

  private byte[] flip(byte[] bytes) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    return bytes;
  }

  private byte[] overwrite(byte[] bytes) {
    for (int left = random.nextInt(8); left > 0 && bytes.length > 0; left--) {
      bytes[random.nextInt(bytes.length)] = EDGES[random.nextInt(EDGES.length)];
    }
    return bytes;
  }

  /** Writes a number of 1, 2, 4 or 8 bytes, big-endian, near an edge or near what is there. */
  private byte[] lie(byte[] bytes) {
    int width = 1 << random.nextInt(4);
    if (bytes.length < width) {
      return bytes;
    }
    int at = random.nextInt(bytes.length - width + 1);
    long number = LENGTHS[random.nextInt(LENGTHS.length)];
    if (random.nextBoolean()) {
      number = bytes.length - (long) at;
    }
    number += random.nextInt(3) - 1;
    for (int i = 0; i < width; i++) {
      bytes[at + i] = (byte) (number >>> ((width - 1 - i) * Byte.SIZE));
    }
    return bytes;
  }

  /** Writes a number of 3, 8 or 16 digits. */
  private byte[] lieInDigits(byte[] bytes) {
    int width = new int[] {3, 8, 16}[random.nextInt(3)];
    if (bytes.length < width) {
      return bytes;
    }
    int at = random.nextInt(bytes.length - width + 1);
    String digits =
        switch (random.nextInt(3)) {
          case 0 -> "9".repeat(width);
          case 1 -> "0".repeat(width);
          default -> "0".repeat(width) + random.nextInt(2 * bytes.length);
        };
    for (int i = 0; i < width; i++) {
      bytes[at + i] = (byte) digits.charAt(digits.length() - width + i);
    }
    return bytes;
  }

  private byte[] splice(byte[] head, byte[] tail) {
    int cutHead = random.nextInt(head.length + 1);
    int cutTail = random.nextInt(tail.length + 1);
    byte[] spliced = Arrays.copyOf(head, cutHead + tail.length - cutTail);
    System.arraycopy(tail, cutTail, spliced, cutHead, tail.length - cutTail);
    return spliced;
  }

  private byte[] noise() {
    byte[] noise = new byte[random.nextInt(LONGEST_NOISE)];
    random.nextBytes(noise);
    return noise;
  }
}
