package dev.corral.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {

  @Test
  void theTextOfAKeyNamesEachPartAfterItsLength() {
    assertThat(IdempotencyKey.composite("acme", "charge", "invoice-7", "2").text())
        .isEqualTo("4:acme,6:charge,9:invoice-7,1:2");
  }

  @Test
  void noTwoKeysHaveTheSameTextHoweverTheirPartsAreCut() {
    List<IdempotencyKey> keys =
        List.of(
            IdempotencyKey.composite("a", "b", "c", "d"),
            IdempotencyKey.composite("a", "b", "c,1:d"),
            IdempotencyKey.composite("a", "b", "cd"),
            IdempotencyKey.composite("ab", "c", "d"),
            IdempotencyKey.composite("a", "bc", "d"),
            IdempotencyKey.composite("a", "b", "d", "c"));

    assertThat(keys).extracting(IdempotencyKey::text).doesNotHaveDuplicates();
  }

  @Test
  void aUuidIsItsText() {
    UUID uuid = UUID.fromString("8E03978E-40D5-43E8-BC93-6894A57F9324");

    assertThat(IdempotencyKey.of("acme", "charge", uuid))
        .isEqualTo(IdempotencyKey.of("acme", "charge", "8e03978e-40d5-43e8-bc93-6894a57f9324"));
  }

  /** Stores have it: it must never change. */
  @Test
  void theDigestOfAKeyIsWrittenDown() {
    assertThat(HexFormat.of().formatHex(IdempotencyKey.of("acme", "charge", "42").digest()))
        .isEqualTo("abbdf6889513ec75b5c38793e80253be51c9f666e187cd6403d000d45481a5ba");
  }

  @Test
  void whatCannotBeAKeyIsRefused() {
    assertRefused("", "part of a key must have from 1 to 255 characters: 0");
    assertRefused("x".repeat(256), "part of a key must have from 1 to 255 characters: 256");
    assertRefused("a\nb", "part of a key must have no control characters");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IdempotencyKey.of("acme", "charge", "\uD83D"))
        .withMessageContaining("unpaired surrogate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IdempotencyKey.of("", "charge", "42"))
        .withMessage("tenant must have from 1 to 255 characters: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IdempotencyKey.composite("acme", "charge"))
        .withMessage("A key must have from 1 to 16 parts: 0");
  }

  private static void assertRefused(String part, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IdempotencyKey.of("acme", "charge", part))
        .withMessage(message);
  }
}
