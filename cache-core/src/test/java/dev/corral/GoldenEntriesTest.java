package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenEntriesTest {

  private static List<GoldenEntry> all() {
    return GoldenEntry.readAll();
  }

  @Test
  void noGoldenFileIsLost() {
    assertThat(all())
        .extracting(GoldenEntry::name)
        .contains(
            "v1-absent",
            "v1-empty-payload",
            "v1-long-key",
            "v1-non-ascii-key",
            "v1-tagged",
            "v1-value",
            "v1-zero-stale");
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyGoldenFileIsStillRead(GoldenEntry golden) {
    StoredEntry read = EntryFormat.decode(golden.bytes().toArray(), golden.key(), golden.mark());

    assertThat(read).isNotNull().usingRecursiveComparison().isEqualTo(golden.entry());
  }

  @ParameterizedTest
  @MethodSource("all")
  void theSameEntryStillHasTheVerySameBytes(GoldenEntry golden) {
    assertThat(EntryFormat.encode(golden.entry(), golden.key(), golden.mark()))
        .isEqualTo(golden.bytes().toArray());
  }

  @ParameterizedTest
  @MethodSource("all")
  void anyBitFlippedIsAMiss(GoldenEntry golden) {
    byte[] bytes = golden.bytes().toArray();
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte mask = (byte) (1 << bit % 8);
      bytes[bit / 8] ^= mask;
      assertMiss(golden, bytes, "bit " + bit);
      bytes[bit / 8] ^= mask;
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void anyTruncationIsAMiss(GoldenEntry golden) {
    byte[] bytes = golden.bytes().toArray();
    for (int length = 0; length < bytes.length; length++) {
      assertMiss(golden, Arrays.copyOf(bytes, length), "first " + length + " bytes");
      assertMiss(
          golden,
          Arrays.copyOfRange(bytes, bytes.length - length, bytes.length),
          "last " + length + " bytes");
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void anyByteAfterTheEndIsAMiss(GoldenEntry golden) {
    byte[] bytes = golden.bytes().toArray();
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    for (int last = 0; last < 256; last++) {
      longer[bytes.length] = (byte) last;
      assertMiss(golden, longer, "trailing byte " + last);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void anotherKeyOrCodecIsAMiss(GoldenEntry golden) {
    byte[] bytes = golden.bytes().toArray();

    assertThat(EntryFormat.decode(bytes, golden.key() + "x", golden.mark())).isNull();
    assertThat(EntryFormat.decode(bytes, "x" + golden.key(), golden.mark())).isNull();
    assertThat(EntryFormat.decode(bytes, golden.key(), golden.mark() + 1)).isNull();
  }

  private static void assertMiss(GoldenEntry golden, byte[] bytes, String what) {
    if (EntryFormat.decode(bytes, golden.key(), golden.mark()) != null) {
      throw new AssertionError(golden + " with " + what + " reads as an entry");
    }
  }
}
