package dev.corral.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SearchTest {

  @Test
  void theFirstWayThatWorksIsTaken() {
    String found =
        new Search<String>("a word")
            .tryIf(false, "first", () -> "first")
            .tryIf(true, "second", () -> "second")
            .tryIf(true, "third", () -> "third")
            .orElseSay("hint");

    assertThat(found).isEqualTo("second");
  }

  @Test
  void aFailureTellsWhatWasTriedAndWhatToSet() {
    var search =
        new Search<String>("a word")
            .tryIf(false, "first", () -> "first")
            .tryIf(
                true,
                "second",
                () -> {
                  throw new IllegalStateException("broken");
                });

    assertThatThrownBy(() -> search.orElseSay("Set WORD."))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Wanted a word; tried first: not possible here;"
                + " second: java.lang.IllegalStateException: broken. Set WORD.");
  }
}
