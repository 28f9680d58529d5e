package dev.corral.bench.herd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {

  @Test
  void aPercentileIsTheLeastTimeThatSoManyDoNotExceed() {
    Sample sample = Sample.of(List.of(40L, 10L, 30L, 20L));

    assertThat(sample.median()).isEqualTo(20);
    assertThat(sample.percentile(75)).isEqualTo(30);
    assertThat(sample.percentile(76)).isEqualTo(40);
    assertThat(sample.percentile(100)).isEqualTo(40);
    assertThat(sample.percentile(0)).isEqualTo(10);
  }

  @Test
  void ofNothingEachPercentileIsZero() {
    assertThat(Sample.of(List.of()).percentile(99)).isZero();
  }
}
