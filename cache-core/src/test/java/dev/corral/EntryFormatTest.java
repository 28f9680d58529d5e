package dev.corral;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.remote.TagMark;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryFormatTest {

  private static final int MARK = EntryFormat.codecMark("json");
  private static final String KEY = "42";
  private static final int PAYLOAD_LENGTH_AT = 36;
  private static final int TAGS_AT = 34 + KEY.length();
  private static final long TEN_YEARS = 3650L * 24 * 60 * 60 * 1000;

  private static EntryBytes value() {
    byte[] payload = "{}".getBytes(UTF_8);
    return new EntryBytes(
        EntryFormat.encode(StoredEntry.value(1_000, 2_000, 3, payload), KEY, MARK));
  }

  private static @Nullable StoredEntry decode(EntryBytes bytes) {
    return EntryFormat.decode(bytes.withChecksum(), KEY, MARK);
  }

  @Test
  void anEntryComesBackFromItsBytes() {
    StoredEntry read = Objects.requireNonNull(decode(value()));

    assertThat(read.isAbsent()).isFalse();
    assertThat(read.freshMillis()).isEqualTo(1_000);
    assertThat(read.staleMillis()).isEqualTo(2_000);
    assertThat(read.costMicros()).isEqualTo(3);
    assertThat(read.payload()).asString(UTF_8).isEqualTo("{}");
  }

  @Test
  void anyEntryComesBackFromItsBytesAndFromNoOtherKeyOrCodec() {
    long seed = Seed.ofThisRun();
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      StoredEntry entry = RandomEntry.entry(random);
      String key = RandomEntry.key(random);
      int mark = random.nextInt();

      byte[] bytes = EntryFormat.encode(entry, key, mark);

      StoredEntry read = EntryFormat.decode(bytes, key, mark);
      assertThat(read).as("entry %s with -Dcorral.seed=%s", i, seed).hasToString(entry.toString());
      assertThat(Objects.requireNonNull(read).payload()).isEqualTo(entry.payload());
      assertThat(EntryFormat.decode(bytes, key, ~mark)).isNull();
      assertThat(EntryFormat.decode(bytes, key + "x", mark)).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3, 127, 255})
  void anotherVersionIsAMiss(int version) {
    assertThat(decode(value().putByte(2, version))).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 8, 16, 32, 64, 128, 129, 255})
  void anUnknownFlagIsAMiss(int flags) {
    assertThat(decode(value().putByte(3, flags))).isNull();
  }

  @Test
  void anAbsentEntryWithAPayloadIsAMiss() {
    assertThat(decode(value().putByte(3, 1))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-1, 2000",
    "1000, -1",
    "-1, -1",
    "-9223372036854775808, 1000",
    "9223372036854775807, 1",
    "9223372036854775807, 9223372036854775807",
    "315360000001, 0",
    "0, 315360000001"
  })
  void aLifeThatMakesNoSenseIsAMissAndIsNotStored(long fresh, long stale) {
    assertThat(decode(value().putLong(8, fresh).putLong(16, stale))).isNull();
    assertThatThrownBy(() -> StoredEntry.absent(fresh, stale, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(Long.toString(fresh), Long.toString(stale));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "0, 1", "315360000000, 315360000000"})
  void theShortestAndTheLongestLifeAreRead(long fresh, long stale) {
    assertThat(StoredEntry.MAX_MILLIS).isEqualTo(TEN_YEARS);
    assertThat(decode(value().putLong(8, fresh).putLong(16, stale))).isNotNull();
  }

  @Test
  void tagsComeBackWithTheirMarks() {
    List<TagMark> marks = List.of(new TagMark("customer:7", 1L << 51), new TagMark("é", 0));

    StoredEntry read = decode(tagged(marks));

    assertThat(Objects.requireNonNull(read).tags()).isEqualTo(marks);
    assertThat(read.payload()).asString(UTF_8).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 65, 127, 128, 255})
  void aNumberOfTagsThatLiesIsAMiss(int count) {
    assertThat(decode(tagged(List.of(new TagMark("tag", 1))).putByte(TAGS_AT, count))).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4, 256, 257, 0x7FFF, 0xFFFF})
  void aLengthOfATagThatLiesIsAMiss(int length) {
    assertThat(decode(tagged(List.of(new TagMark("tag", 1))).putShort(TAGS_AT + 1, length)))
        .isNull();
  }

  @Test
  void aTagThatIsNoTextOrComesTwiceOrHasNoMarkIsAMiss() {
    EntryBytes two = tagged(List.of(new TagMark("a", 1), new TagMark("b", 1)));

    assertThat(decode(tagged(List.of(new TagMark("tag", 1))).putByte(TAGS_AT + 3, 0xFF))).isNull();
    assertThat(decode(tagged(List.of(new TagMark("tag", 1))).putLong(TAGS_AT + 6, -1))).isNull();
    assertThat(decode(two.putByte(TAGS_AT + 14, 'a'))).isNull();
  }

  private static EntryBytes tagged(List<TagMark> marks) {
    StoredEntry entry = StoredEntry.value(1_000, 2_000, 3, "{}".getBytes(UTF_8)).tagged(marks);
    return new EntryBytes(EntryFormat.encode(entry, KEY, MARK));
  }

  @Test
  void aNegativeCostIsAMiss() {
    assertThat(decode(value().putLong(24, -1))).isNull();
    assertThat(decode(value().putLong(24, Long.MAX_VALUE))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 8, 9, 0x7FFF, 0x8000, 0xFFFF})
  void aKeyLengthThatLiesIsAMiss(int length) {
    assertThat(decode(value().putShort(32, length))).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 6, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, -38})
  void aPayloadLengthThatLiesIsAMiss(int length) {
    assertThat(decode(value().putInt(PAYLOAD_LENGTH_AT, length))).isNull();
  }

  @Test
  void aKeyThatLiesIsAMiss() {
    assertThat(decode(value().putByte(34, '5'))).isNull();
  }

  @Test
  void theLongestKeyIsStoredAndALongerOneRefused() {
    String longest = "k".repeat(65_535);
    StoredEntry absent = StoredEntry.absent(1, 1, 1);

    byte[] bytes = EntryFormat.encode(absent, longest, MARK);

    assertThat(EntryFormat.decode(bytes, longest, MARK)).isNotNull();
    assertThat(EntryFormat.decode(bytes, longest + "k", MARK)).isNull();
    assertThatThrownBy(() -> EntryFormat.encode(absent, longest + "k", MARK))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKeyWithAnUnpairedSurrogateIsNotTheKeyWithAQuestionMark() {
    StoredEntry absent = StoredEntry.absent(1, 1, 1);

    assertThatThrownBy(() -> EntryFormat.encode(absent, "a\uD83D", MARK))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theMarkOfACodecIsTheChecksumOfItsName() {
    assertThat(EntryFormat.codecMark("123456789")).isEqualTo(0xE3069283); // CRC32C's check value
    assertThat(EntryFormat.codecMark("json")).isNotEqualTo(EntryFormat.codecMark("utf-8"));
  }
}
