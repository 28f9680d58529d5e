package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FreshnessTest {

  private static final Duration TWO = Duration.ofSeconds(2);
  private static final Duration THIRTY = Duration.ofSeconds(30);

  @Test
  void freshAloneHasNoStaleWindow() {
    Freshness freshness = Freshness.fresh(TWO);

    assertThat(freshness.freshFor()).isEqualTo(TWO);
    assertThat(freshness.staleFor()).isZero();
    assertThat(freshness.isUncached()).isFalse();
    assertThat(freshness).hasToString("fresh for PT2S");
  }

  @Test
  void theStaleWindowStandsBehindTheFreshTime() {
    Freshness freshness = Freshness.fresh(TWO).thenStale(THIRTY);

    assertThat(freshness.freshFor()).isEqualTo(TWO);
    assertThat(freshness.staleFor()).isEqualTo(THIRTY);
    assertThat(freshness).hasToString("fresh for PT2S, then stale for PT30S");
  }

  @Test
  void theLastStaleWindowGivenCounts() {
    Freshness freshness = Freshness.fresh(TWO).thenStale(THIRTY);

    assertThat(freshness.thenStale(TWO)).isEqualTo(Freshness.fresh(TWO).thenStale(TWO));
    assertThat(freshness.thenStale(Duration.ZERO)).isEqualTo(Freshness.fresh(TWO));
    assertThat(freshness.staleFor()).isEqualTo(THIRTY);
  }

  @Test
  void uncachedIsNeitherFreshNorStale() {
    assertThat(Freshness.uncached().isUncached()).isTrue();
    assertThat(Freshness.uncached().freshFor()).isZero();
    assertThat(Freshness.uncached().staleFor()).isZero();
    assertThat(Freshness.uncached()).hasToString("uncached");
  }

  @Test
  void equalTimesAreEqualFreshness() {
    Freshness same = Freshness.fresh(Duration.ofMillis(1_500).plusMillis(500)).thenStale(THIRTY);

    assertThat(Freshness.fresh(TWO).thenStale(THIRTY))
        .isEqualTo(same)
        .hasSameHashCodeAs(same)
        .isNotEqualTo(Freshness.fresh(TWO))
        .isNotEqualTo(Freshness.fresh(THIRTY).thenStale(TWO))
        .isNotEqualTo(Freshness.uncached())
        .isNotEqualTo("fresh for PT2S, then stale for PT30S");
  }

  @Test
  void timesOutOfBoundsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Freshness.fresh(Duration.ZERO))
        .withMessage("freshness.fresh must be from PT0.001S to PT87600H: PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Freshness.fresh(Duration.ofDays(3650).plusNanos(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Freshness.fresh(TWO).thenStale(Duration.ofNanos(-1)))
        .withMessage("freshness.thenStale must be from PT0.001S to PT87600H: PT-0.000000001S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Freshness.fresh(TWO).thenStale(Duration.ofDays(3651)));
  }

  @Test
  void whatIsUncachedCannotBeStale() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Freshness.uncached().thenStale(TWO))
        .withMessage("what is uncached cannot be stale");
  }
}
