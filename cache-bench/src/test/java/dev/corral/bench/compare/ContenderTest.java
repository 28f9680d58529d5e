package dev.corral.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContenderTest {

  @ParameterizedTest
  @CsvSource({
    "corral,      caffeine corral,                                 caffeine",
    "corral,      corral handOffs ping,                            ping",
    "handOffs,    corral handOffs ping,                            ping",
    "ping,        corral handOffs ping,                            -",
    "corral,      latch corral caffeine,                           caffeine",
    "latch,       latch corral caffeine,                           caffeine",
    "corral,      corral fresh,                                    fresh",
    "corralLarge, corralLarge corralSmall jedisLarge jedisSmall,   jedisLarge",
    "corralSmall, corralLarge corralSmall jedisLarge jedisSmall,   jedisSmall",
    "corralSpans, corral corralSpans caffeine,                     caffeine",
    "script,      batchRead lookUps mget mgetResp3 script,         mget",
    "corral,      corral other,                                    other",
    "corral,      corral other another,                            -",
    "corral,      corral corralSpans,                              -",
  })
  void aMethodIsComparedWithWhatStandsForItsBaseline(
      String method, String methods, String baseline) {
    List<Contender> all = Stream.of(methods.split(" ", -1)).map(Contender::new).toList();

    assertThat(new Contender(method).baseline(all).map(Contender::method).orElse("-"))
        .isEqualTo(baseline);
  }
}
