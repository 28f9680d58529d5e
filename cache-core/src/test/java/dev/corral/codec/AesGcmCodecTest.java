package dev.corral.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AesGcmCodecTest {

  private static final EntryName ENTRY = new EntryName("shop", "customers@v2", "42");

  private final SecretKey oldKey = key(32);
  private final SecretKey newKey = key(32);
  private final AesGcmCodec<String> codec = codec(AesGcmKeys.writing("a", oldKey));

  private static AesGcmCodec<String> codec(AesGcmKeys keys) {
    return AesGcmCodec.of(StringCodec.utf8(), keys);
  }

  private static SecretKey key(int bytes) {
    byte[] key = new byte[bytes];
    new SecureRandom().nextBytes(key);
    return new SecretKeySpec(key, "AES");
  }

  @Test
  void theNameTellsThatValuesAreWrapped() {
    assertThat(codec.name()).isEqualTo("utf-8+aes-gcm");
    assertThat(AesGcmCodec.of(DeflateCodec.of(StringCodec.utf8()), keys()).name())
        .isEqualTo("utf-8+deflate+aes-gcm");
  }

  private AesGcmKeys keys() {
    return AesGcmKeys.writing("a", oldKey);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 24, 32})
  void whatIsWrittenIsRead(int keyBytes) {
    AesGcmCodec<String> codec = codec(AesGcmKeys.writing("a", key(keyBytes)));

    for (String value : new String[] {"", "a", "a secret", "é".repeat(10_000)}) {
      assertThat(codec.decode(codec.encode(value, ENTRY), ENTRY)).isEqualTo(value);
    }
  }

  @Test
  void compressedValuesAreEncryptedAsWell() {
    AesGcmCodec<String> both = AesGcmCodec.of(DeflateCodec.of(StringCodec.utf8()), keys());
    String value = "a secret, ".repeat(1_000);

    byte[] bytes = both.encode(value, ENTRY);

    assertThat(bytes).hasSizeLessThan(200);
    assertThat(both.decode(bytes, ENTRY)).isEqualTo(value);
  }

  @Test
  void theValueCannotBeSeenAndIsWrittenAnotherWayEachTime() {
    Set<String> nonces = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      byte[] bytes = codec.encode("a secret", ENTRY);
      assertThat(new String(bytes, ISO_8859_1)).doesNotContain("secret");
      nonces.add(new String(bytes, 2, 12, ISO_8859_1));
    }

    assertThat(nonces).hasSize(1_000);
  }

  @Test
  void aValueThatWasMovedToAnotherEntryDoesNotDecrypt() {
    byte[] bytes = codec.encode("a secret", ENTRY);

    assertRefused(codec, bytes, new EntryName("shop", "customers@v2", "43"));
    assertRefused(codec, bytes, new EntryName("shop", "customers@v3", "42"));
    assertRefused(codec, bytes, new EntryName("other", "customers@v2", "42"));
    // The same letters, cut in other places.
    assertRefused(codec, bytes, new EntryName("shopc", "ustomers@v2", "42"));
    assertRefused(codec, bytes, new EntryName("shop", "customers@v24", "2"));
  }

  @Test
  void aValueOfAnotherFormatDoesNotDecrypt() {
    byte[] bytes = AesGcmCodec.of(BytesCodec.asIs(), keys()).encode("x".getBytes(UTF_8), ENTRY);

    assertRefused(codec, bytes, ENTRY);
  }

  @Test
  void keysRotate() {
    AesGcmCodec<String> before = codec;
    AesGcmCodec<String> ready = codec(AesGcmKeys.writing("a", oldKey).reading("b", newKey));
    AesGcmCodec<String> rotated = codec(AesGcmKeys.writing("b", newKey).reading("a", oldKey));
    AesGcmCodec<String> after = codec(AesGcmKeys.writing("b", newKey));

    byte[] old = before.encode("a secret", ENTRY);
    byte[] renewed = rotated.encode("a secret", ENTRY);

    for (AesGcmCodec<String> reader : Arrays.asList(ready, rotated)) {
      assertThat(reader.decode(old, ENTRY)).isEqualTo("a secret");
      assertThat(reader.decode(renewed, ENTRY)).isEqualTo("a secret");
    }
    assertThat(before.decode(ready.encode("a secret", ENTRY), ENTRY)).isEqualTo("a secret");
    assertRefused(before, renewed, ENTRY);
    assertRefused(after, old, ENTRY);
  }

  @Test
  void anotherKeyOfTheSameIdDoesNotDecrypt() {
    assertRefused(codec(AesGcmKeys.writing("a", newKey)), codec.encode("a secret", ENTRY), ENTRY);
  }

  @Test
  void anIdThatWasExchangedDoesNotDecryptThoughTheKeyIsTheSame() {
    AesGcmCodec<String> both = codec(AesGcmKeys.writing("a", oldKey).reading("b", oldKey));
    byte[] bytes = both.encode("a secret", ENTRY);
    bytes[1] = 'b';

    assertRefused(both, bytes, ENTRY);
  }

  @Test
  void eachBitCounts() {
    byte[] bytes = codec.encode("a secret", ENTRY);
    for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

      assertRefused(codec, flipped, ENTRY);
    }
  }

  @Test
  void whatIsCutOffOrContinuedIsRefused() {
    byte[] bytes = codec.encode("a secret", ENTRY);
    for (int length = 0; length < bytes.length; length++) {
      assertRefused(codec, Arrays.copyOf(bytes, length), ENTRY);
    }
    assertRefused(codec, Arrays.copyOf(bytes, bytes.length + 1), ENTRY);
  }

  @Test
  void withoutTheNameOfTheEntryItRefuses() {
    byte[] bytes = codec.encode("a secret", ENTRY);

    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> codec.encode("a secret"))
        .withMessageContaining("needs the name of the entry");
    assertThatExceptionOfType(CodecException.class).isThrownBy(() -> codec.decode(bytes));
    // A wrapper that passes the name on may stand between a cache and this codec.
    DeflateCodec<String> around = DeflateCodec.of(codec);
    assertThat(around.decode(around.encode("a secret", ENTRY), ENTRY)).isEqualTo("a secret");
  }

  @Test
  void noTextShowsAKey() {
    SecretKey readable = new SecretKeySpec("0123456789abcdef".getBytes(UTF_8), "AES");
    AesGcmKeys keys = AesGcmKeys.writing("new", readable).reading("old", key(16));

    assertThat(keys).hasToString("AesGcmKeys[new, old]");
  }

  @Test
  void whatIsNoKeyOrNoIdIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AesGcmKeys.writing("no id", oldKey))
        .withMessage("id must match [A-Za-z0-9._-]{1,32}: no id");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AesGcmKeys.writing("a", new SecretKeySpec(new byte[15], "AES")))
        .withMessage("key must be one of AES, of 128, 192 or 256 bits: that of id a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AesGcmKeys.writing("a", new SecretKeySpec(new byte[16], "DES")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> keys().reading("a", newKey))
        .withMessage("id must be of one key only: a");
  }

  private static void assertRefused(AesGcmCodec<String> codec, byte[] bytes, EntryName entry) {
    assertThatExceptionOfType(CodecException.class).isThrownBy(() -> codec.decode(bytes, entry));
  }
}
