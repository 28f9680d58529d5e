package dev.corral.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.corral.codec.StringCodec;
import dev.corral.idempotency.ActionFailedException;
import dev.corral.idempotency.Fingerprint;
import dev.corral.idempotency.Idempotency;
import dev.corral.idempotency.IdempotencyKey;
import dev.corral.idempotency.InMemoryIdempotencyStore;
import dev.corral.idempotency.KeyReusedException;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** Each meter shows its own number. */
class IdempotencyMetersTest {

  private static final IdempotencyKey KEY = IdempotencyKey.of("acme", "charge", "42");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private double calls(String result) {
    return registry
        .get("corral.idempotency.calls")
        .tags("idempotency", "charges", "shop", "berlin", "result", result)
        .functionCounter()
        .count();
  }

  private double count(String name) {
    return registry.get("corral.idempotency." + name).functionCounter().count();
  }

  @Test
  void eachCallIsCountedByHowItWasAnswered() {
    try (Idempotency<String> charges =
        Idempotency.builder(new InMemoryIdempotencyStore(), StringCodec.utf8())
            .retryOn(IllegalStateException.class)
            .build()) {
      new IdempotencyMeters(charges, "charges", Tags.of("shop", "berlin")).bindTo(registry);
      charges.execute(KEY, Fingerprint.none(), attempt -> "done");
      charges.execute(KEY, Fingerprint.none(), attempt -> "done");
      charges.execute(KEY, Fingerprint.none(), attempt -> "done");
      assertThatExceptionOfType(KeyReusedException.class)
          .isThrownBy(() -> charges.execute(KEY, Fingerprint.of("other"), attempt -> "done"));
      assertThatExceptionOfType(ActionFailedException.class)
          .isThrownBy(
              () ->
                  charges.execute(
                      IdempotencyKey.of("acme", "charge", "43"),
                      Fingerprint.none(),
                      attempt -> {
                        throw new IllegalStateException();
                      }));

      assertThat(calls("executed")).isEqualTo(2);
      assertThat(calls("replayed")).isEqualTo(2);
      assertThat(calls("conflict")).isEqualTo(1);
      assertThat(calls("in_progress")).isZero();
      assertThat(calls("unknown")).isZero();
      assertThat(count("failures")).isEqualTo(1);
      assertThat(count("released")).isEqualTo(1);
      assertThat(count("lost")).isZero();
    }
  }
}
