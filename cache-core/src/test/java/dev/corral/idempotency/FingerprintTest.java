package dev.corral.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FingerprintTest {

  @Test
  void itIsTheSha256OfTheRequest() {
    assertThat(Fingerprint.of("abc"))
        .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        .isEqualTo(Fingerprint.of("abc".getBytes(UTF_8)))
        .isEqualTo(Fingerprint.given(Fingerprint.of("abc").toBytes()));
  }

  @Test
  void itMattersWhereRequestsAreCut() {
    byte[] a = "a".getBytes(UTF_8);
    byte[] ab = "ab".getBytes(UTF_8);
    byte[] b = "b".getBytes(UTF_8);

    assertThat(Fingerprint.ofAll(ab, a)).isNotEqualTo(Fingerprint.ofAll(a, ab));
    assertThat(Fingerprint.ofAll(ab)).isNotEqualTo(Fingerprint.ofAll(a, b));
    assertThat(Fingerprint.none()).isNotEqualTo(Fingerprint.of(""));
  }

  @Test
  void anotherLengthIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fingerprint.given(new byte[20]))
        .withMessage("A fingerprint must have 32 bytes: 20");
  }
}
